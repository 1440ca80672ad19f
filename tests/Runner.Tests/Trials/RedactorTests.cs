using System.Text;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Trials;

public sealed class RedactorTests
{
    private const string Secret = "s3cr\"et'/value+1";

    private static readonly Redactor Redactor = new([Secret]);

    [Theory]
    [InlineData("s3cr\"et'/value+1")]
    [InlineData("s3cr\\u0022et\\u0027/value\\u002B1")]
    [InlineData("s3cr\\\"et'/value+1")]
    [InlineData("s3cr\"et\\'/value+1")]
    [InlineData("s3cr%22et%27%2Fvalue%2B1")]
    public void Hide_SecretInAnyDress_IsGone(string form) => Assert.Equal("before *** after", Redactor.Hide($"before {form} after"));

    [Fact]
    public void Hide_Encoded_IsGone()
    {
        var bytes = Encoding.UTF8.GetBytes(Secret);

        Assert.Equal("***", Redactor.Hide(Convert.ToBase64String(bytes)).TrimEnd('='));
        Assert.Equal("***", Redactor.Hide(Convert.ToHexStringLower(bytes)));
    }

    [Fact]
    public void Hide_CutOff_IsGoneAtTheEdges()
    {
        Assert.Equal("before ***", Redactor.Hide("before " + Secret[..9]));
        Assert.Equal("before ***", Redactor.Hide("before " + Secret[..9] + "…"));
        Assert.Equal("before ***\n[... 12 bytes left out ...]\n*** after", Redactor.Hide($"before {Secret[..9]}\n[... 12 bytes left out ...]\n{Secret[^9..]} after"));
    }

    [Fact]
    public void Hide_ManyLines_EachIsGone() => Assert.Equal("a *** b *** c", new Redactor(["first line\nsecond line"]).Hide("a second line b first line c"));

    [Fact]
    public void Hide_ShortOrNone_LeavesTheText()
    {
        Assert.Equal("abc", new Redactor(["abc"]).Hide("abc"));
        Assert.Equal("abc", Redactor.None.Hide("abc"));
    }
}
