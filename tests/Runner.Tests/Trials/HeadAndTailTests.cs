using System.Text;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Trials;

public sealed class HeadAndTailTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("abc", "abc")]
    [InlineData("abcdefgh", "abcdefgh")]
    [InlineData("abcdefghij", "abcd\n[... 2 bytes left out ...]\nghij")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "abcd\n[... 18 bytes left out ...]\nwxyz")]
    public void Write_InAnyPieces_KeepsHeadAndTail(string text, string expected)
    {
        for (var piece = 1; piece <= Math.Max(1, text.Length); piece++)
        {
            var kept = new HeadAndTail(8);
            foreach (var part in text.Chunk(piece))
            {
                kept.Write(Encoding.ASCII.GetBytes(part));
            }

            Assert.Equal(expected, kept.ToString());
        }
    }

    [Fact]
    public void LastLine_TrailingBlankLines_IsTheLastWithText()
    {
        var kept = new HeadAndTail(1024);
        kept.Write("first\n  second \n\n"u8);

        Assert.Equal("second", kept.LastLine());
    }
}
