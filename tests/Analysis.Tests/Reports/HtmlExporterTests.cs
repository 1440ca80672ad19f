using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Brigade.Analysis.Reports.Html;
using Xunit;

namespace Brigade.Analysis.Tests.Reports;

public sealed partial class HtmlExporterTests
{
    private static readonly string Page = new HtmlExporter().Write(ReportRuns.Full());

    [Fact]
    public void Write_FullRun_LoadsAndRunsNothing()
    {
        Assert.DoesNotContain("<script", Page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=\"", Page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(Resource(), Page);
        Assert.All(Address().Matches(Page), match => Assert.Equal("http://www.w3.org/2000/svg", match.Value));
    }

    [Fact]
    public void Write_FullRun_AllowsItsStyleByHashAndNothingElse()
    {
        var style = Page[(Page.IndexOf("<style>", StringComparison.Ordinal) + 7)..Page.IndexOf("</style>", StringComparison.Ordinal)];
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));

        Assert.Contains($"content=\"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\"", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TextFromOutside_IsEscaped()
    {
        Assert.Contains("<h1>primes &lt;by&gt; strategy</h1>", Page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;twice&lt;/b&gt;", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", Page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Page);
    }

    [Fact]
    public void Write_FullRun_DrawsThreeChartsThatAreNamed() => Assert.Equal(3, SvgElement().Count(Page));

    [Fact]
    public void Write_NothingMeasured_SaysSoWithoutCharts()
    {
        var page = new HtmlExporter().Write(new(new RunBuilder().Build()));

        Assert.Equal(0, SvgElement().Count(page));
        Assert.Contains("0 of 0 trials completed", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("<(img|link|iframe|object|embed|audio|video|source|form|base)\\b|@import|url\\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Resource();

    [GeneratedRegex("https?://[^\"'<\\s]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Address();

    [GeneratedRegex("<svg [^>]*role=\"img\" aria-label=\"[^\"]+\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SvgElement();
}
