# Prints the reference values that the tests of src/Analysis/Statistics and src/Analysis/Laws hold. R 4.2 with MASS, which its nls intervals need:
#   Rscript reference.R
options(digits = 12, warn = -1)

show <- function(name, ...) cat(name, ":", ..., "\n")

# Mann-Whitney, Hodges-Lehmann. R's W counts pairs in which the first sample is the larger one, so the second sample comes first here.
compare <- function(name, first, second) {
  test <- wilcox.test(second, first, conf.int = TRUE)
  show(paste(name, "U, p"), test$statistic, test$p.value)
  show(paste(name, "shift, interval"), test$estimate, test$conf.int)
}

mice.control <- c(52, 104, 146, 10, 51, 30, 40, 27, 46)
mice.treatment <- c(94, 197, 16, 38, 99, 141, 23)
compare("mice", mice.control, mice.treatment)

# Permeability constants of the human chorioamnion, Hollander and Wolfe 1973, p. 69; the example of R's own wilcox.test.
term <- c(0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46)
weeks <- c(1.15, 0.88, 0.90, 0.74, 1.21)
compare("chorioamnion", weeks, term)

compare("separate", c(1, 2, 3, 4, 5), c(11.5, 12.25, 13, 14, 15))
compare("three", c(100, 101, 103), c(110, 112.5, 111))
compare("two", c(1, 2), c(4, 8))
compare("large", (1:60)^1.01, (1:60)^1.01 + 9.5)
ties <- wilcox.test(c(3, 3, 4, 5, 6, 7, 7), c(1, 2, 2, 3, 3, 4))
show("ties U, p", ties$statistic, ties$p.value)

show("Benjamini-Hochberg", p.adjust(c(0.010, 0.001, 0.039, 0.041, 0.042, 0.6, 0.9, 0.205), "BH"))

# Mann-Kendall is Kendall's tau against the order.
trend <- function(name, values) {
  test <- cor.test(seq_along(values), values, method = "kendall", continuity = TRUE)
  pairs <- combn(length(values), 2)
  slopes <- (values[pairs[2, ]] - values[pairs[1, ]]) / (pairs[2, ] - pairs[1, ])
  show(paste(name, "p, slope"), test$p.value, median(slopes))
}
trend("rising", c(100, 101, 99.5, 102, 103, 102.5, 104))
trend("steady", c(5, 3, 6, 2, 4, 7, 1))
trend("long", c(10, 9.8, 9.9, 9.5, 9.6, 9.3, 9.1, 9.2, 8.8, 8.9, 8.5, 8.7))
trend("ties", c(1, 1, 2, 2, 3, 3, 2, 4))

# The laws.
raytracer <- data.frame(n = c(1, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64), x = c(20, 78, 130, 170, 190, 200, 210, 230, 260, 280, 310))
specsdm91 <- data.frame(n = c(1, 18, 36, 72, 108, 144, 216), x = c(64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2))
usl <- x ~ g * n / (1 + s * (n - 1) + k * n * (n - 1))
fit <- nls(usl, specsdm91, start = list(g = 80, s = .03, k = 1e-4))
show("specsdm91 USL", coef(fit))
print(suppressMessages(confint(fit)))
# The peak's profile by hand: nls with the peak as a coefficient does not get through it.
squares <- function(p) deviance(nls(x ~ g * n / (1 + s * (n - 1) + (1 - s) / p^2 * n * (n - 1)), specsdm91, start = list(g = 90, s = .028)))
best <- optimize(squares, c(60, 150), tol = 1e-9)
most <- best$objective * (1 + qt(.975, 4)^2 / 4)
end <- function(from, to) uniroot(function(p) squares(p) - most, c(from, to), tol = 1e-9)$root
show("specsdm91 peak", best$minimum, end(62, best$minimum), end(best$minimum, 200))
fit <- nls(usl, raytracer, start = list(g = 20, s = .05, k = 1e-4), algorithm = "port", lower = c(0, 0, 0), control = list(warnOnly = TRUE))
show("raytracer USL", coef(fit))
for (data in list(raytracer, specsdm91)) {
  fit <- nls(x ~ g * n / (1 + s * (n - 1)), data, start = list(g = 20, s = .05))
  show("Amdahl", coef(fit))
  print(suppressMessages(confint(fit)))
  line <- coef(lm(x ~ n, data))
  show("Gustafson", sum(line), line[1] / sum(line))
}
