using System.Text.RegularExpressions;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Access;

/// <summary>What browsers are told that a page may do. No script but files of this server, and what an answer names by a word of its own.</summary>
public sealed partial class SecureHeadersTests(BrigadeServer server) : IClassFixture<BrigadeServer>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/history")]
    [InlineData("/account/sign-in")]
    [InlineData("/account/forgot")]
    [InlineData("/nothing-here")]
    [InlineData("/api/docs/")]
    public async Task Page_ItsScripts_AreAllowedByThePolicyAndNoOthersAre(string path)
    {
        using var client = server.Client();
        using var response = await client.GetAsync(path);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        var scripts = policy.Split(';', StringSplitOptions.TrimEntries).Single(directive => directive.StartsWith("script-src ", StringComparison.Ordinal));

        Assert.DoesNotContain("unsafe", scripts, StringComparison.Ordinal);
        Assert.DoesNotContain("http", scripts, StringComparison.Ordinal);
        var nonce = NonceSource().Match(scripts).Groups["nonce"].Value;
        foreach (Match script in Script().Matches(await response.Content.ReadAsStringAsync()))
        {
            var attributes = script.Groups["attributes"].Value;
            var isData = attributes.Contains("importmap", StringComparison.Ordinal) && script.Groups["text"].Value.Trim().Length == 0;
            Assert.True(
                isData || (script.Groups["text"].Value.Trim().Length == 0 && attributes.Contains("src=", StringComparison.Ordinal)) || (nonce.Length > 0 && attributes.Contains($"nonce=\"{nonce}\"", StringComparison.Ordinal)),
                $"{path} has a script that its policy keeps from running: {script.Value}");
        }
    }

    [Fact]
    public async Task Documentation_Twice_DrawsAnotherNonce()
    {
        using var client = server.Client();

        var first = (await client.GetAsync("/api/docs/")).Headers.GetValues("Content-Security-Policy").Single();
        var second = (await client.GetAsync("/api/docs/")).Headers.GetValues("Content-Security-Policy").Single();

        Assert.Matches(NonceSource(), first);
        Assert.NotEqual(first, second, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("object-src 'none'")]
    [InlineData("base-uri 'self'")]
    [InlineData("form-action 'self'")]
    [InlineData("frame-ancestors 'none'")]
    [InlineData("connect-src 'self'")]
    public async Task Policy_OfAPage_Says(string directive)
    {
        using var client = server.Client();
        using var response = await client.GetAsync("/");

        Assert.Contains(directive, response.Headers.GetValues("Content-Security-Policy").Single().Split(';', StringSplitOptions.TrimEntries), StringComparer.Ordinal);
    }

    [GeneratedRegex("<script(?<attributes>[^>]*)>(?<text>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Script();

    [GeneratedRegex("'nonce-(?<nonce>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NonceSource();
}
