using Brigade.Analysis.Reports;
using Xunit;

namespace Brigade.Analysis.Tests.Reports;

public sealed class RunExportersTests
{
    [Theory]
    [InlineData("primes by/strategy", "csv", "cells", "primes-by-strategy-cells.csv")]
    [InlineData("primes", "csv", null, "primes-trials.csv")]
    [InlineData("../../etc", "html", null, "etc.html")]
    [InlineData("日本", "hlog", null, "run.hlog")]
    public void FileName_AnyName_IsTakenByEverySystem(string name, string format, string? part, string expected) => Assert.Equal(expected, RunExporters.FileName(RunExporters.Find(format)!, name, part));

    [Fact]
    public void Find_Unknown_IsNull() => Assert.Null(RunExporters.Find("docx"));
}
