using Brigade.Analysis.Reports;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Reports;

public sealed class CsvExporterTests
{
    [Theory]
    [InlineData("trials")]
    [InlineData("cells")]
    public void Write_NegativeParameter_IsANumber(string part)
    {
        var cell = new Measured(Runs.Python, Strategy.Sequential, 1, 100) { Params = new(StringComparer.Ordinal) { ["offset"] = ParameterValue.Of(-5L) } };

        var row = new CsvExporter().Write(new(new RunBuilder().Add(cell).Build()), part).Split("\r\n")[1];

        Assert.Contains(",-5,", row, StringComparison.Ordinal);
    }
}
