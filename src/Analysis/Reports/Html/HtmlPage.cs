namespace Brigade.Analysis.Reports.Html;

/// <summary>What all HTML reports have around their content.</summary>
internal static class HtmlPage
{
    public static string Wrap(string title, HtmlText content) => new HtmlText()
        .Line("<!DOCTYPE html>")
        .Line("<html lang=\"en\">")
        .Line("<head>")
        .Line("<meta charset=\"utf-8\">")
        .Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"{HtmlStyle.Policy}\">")
        .Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .Line("<meta name=\"referrer\" content=\"no-referrer\">")
        .Element("title", title)
        .Line($"<style>{HtmlStyle.Css}</style>")
        .Line("</head>")
        .Line("<body>")
        .Line("<main>")
        .Raw(content.ToString())
        .Line("</main>")
        .Line("</body>")
        .Line("</html>")
        .ToString();
}
