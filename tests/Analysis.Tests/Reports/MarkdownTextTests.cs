using Brigade.Analysis.Reports;
using Xunit;

namespace Brigade.Analysis.Tests.Reports;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData("a|b", "`a\\|b`")]
    [InlineData("tick`tick", "`tick'tick`")]
    [InlineData("two\nlines", "`two lines`")]
    public void Code_Name_StaysInItsCellAndItsTicks(string text, string expected) => Assert.Equal(expected, MarkdownText.Code(text));

    [Theory]
    [InlineData("@everyone", "&#64;everyone")]
    [InlineData("<img src=x>", "&#60;img src=x&#62;")]
    [InlineData("[a](http://b)", "\\[a\\](http://b)")]
    [InlineData("1*2_3", "1\\*2\\_3")]
    public void Escape_Sentence_HoldsNoMarkup(string text, string expected) => Assert.Equal(expected, MarkdownText.Escape(text));
}
