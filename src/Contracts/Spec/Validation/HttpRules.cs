using Brigade.Contracts.Spec.Reading;

namespace Brigade.Contracts.Spec.Validation;

/// <summary>A request that can be sent, and that the runtimes of the matrix can send.</summary>
internal static class HttpRules
{
    private const int MaximumUrl = 4_000;
    private const int MaximumBody = 1024 * 1024;
    private const int MaximumHeaders = 50;

    /// <summary>What the runtimes write themselves; a second one would break the message.</summary>
    private static readonly string[] OwnHeaders = ["content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "keep-alive"];

    private static readonly string[] Versions = ["1.1", "2"];

    public static void Check(ExperimentSpec spec, HttpSpec http, RuleContext context)
    {
        if (!KernelRules.IsHttpAddress(ParameterRules.Sample(spec, http.Url)) || http.Url.Any(char.IsControl) || http.Url.Length > MaximumUrl)
        {
            context.Report("/workload/http/url", $"workload.http.url is '{SpecLabel.Shorten(http.Url)}'; it has to be an absolute address that begins with http:// or https://.");
        }

        if (context.ShortText("/workload/http/method", http.Method, 20) && !IsToken(http.Method))
        {
            context.Report("/workload/http/method", $"workload.http.method is '{SpecLabel.Shorten(http.Method)}'; it is one word such as GET, POST or PUT.");
        }

        CheckHeaders(http.Headers, context);
        if (http.Body?.Length > MaximumBody)
        {
            context.Report("/workload/http/body", $"workload.http.body has {RuleContext.Number(http.Body.Length)} characters; the most is {RuleContext.Number(MaximumBody)}.");
        }

        context.InRange("/workload/http/expectStatus", http.ExpectStatus, 100, 599);
        context.InRange("/workload/http/timeout", http.Timeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        CheckVersion(spec, http, context);
        ParameterRules.CheckPlaces(spec, "http", [http.Url, http.Body ?? "", .. http.Headers.Values], context);
    }

    private static void CheckHeaders(IReadOnlyDictionary<string, string> headers, RuleContext context)
    {
        if (headers.Count > MaximumHeaders)
        {
            context.Report("/workload/http/headers", FormattableString.Invariant($"workload.http.headers has {headers.Count} headers; the most is {MaximumHeaders}."));
        }

        foreach (var (name, value) in headers.TakeWhile(_ => !context.IsFull))
        {
            var problem = !IsToken(name) ? "which is no name of a header; use letters, digits and dashes."
                : OwnHeaders.Contains(name, StringComparer.OrdinalIgnoreCase) ? "which the runtime writes itself; remove it."
                : value.Any(char.IsControl) ? "whose value has a line break or another control character; remove it."
                : value.Any(character => character > '\u00FF') ? "whose value has characters that a header cannot carry; encode them."
                : null;
            if (problem is not null)
            {
                context.Report(JsonPointer.Append("/workload/http/headers", name), $"workload.http.headers has '{SpecLabel.Shorten(name)}', {problem}");
            }
        }
    }

    private static void CheckVersion(ExperimentSpec spec, HttpSpec http, RuleContext context)
    {
        if (!Versions.Contains(http.Version, StringComparer.Ordinal))
        {
            context.Report("/workload/http/version", $"workload.http.version is '{SpecLabel.Shorten(http.Version)}'. Allowed: {string.Join(", ", Versions)}.");
        }
        else if (http.Version == "2" && spec.Matrix.Runtime.FirstOrDefault(runtime => !string.Equals(runtime, RuntimeNames.DotNet, StringComparison.Ordinal)) is { } runtime)
        {
            context.Report("/workload/http/version", $"workload.http.version is 2, and HTTP/2 is not possible on {runtime}, whose own library speaks HTTP/1.1; use version 1.1, or the runtime dotnet only.");
        }

        if (http.Version == "2" && !http.KeepAlive)
        {
            context.Report("/workload/http/keepAlive", "workload.http.keepAlive is false, and HTTP/2 always keeps its connection; use version 1.1.");
        }
    }

    private static bool IsToken(string text) => text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal));
}
