using Brigade.Analysis.Reports;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Reports;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-cmd", "'-cmd")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"")]
    public void Text_Field_IsQuotedAndNoFormula(string field, string expected) => Assert.Equal(expected + "\r\n", new CsvText().Text(field).EndLine().ToString());

    [Fact]
    public void Number_Negative_StaysANumber() => Assert.Equal("-0.25,,3\r\n", new CsvText().Number(-0.25).Number((double?)null).Number(3L).EndLine().ToString());

    [Fact]
    public void Value_NegativeNumber_StaysANumberAndATextIsNoFormula() =>
        Assert.Equal("-5,-0.5,'-5\r\n", new CsvText().Value(ParameterValue.Of(-5L)).Value(ParameterValue.Of(-0.5)).Value(ParameterValue.Of("-5")).EndLine().ToString());
}
