using Brigade.Analysis.Reports;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Reports;

public sealed class MarkdownExporterTests
{
    [Fact]
    public void Write_RuntimeWhoseNameBeginsAsAnothers_IsNotNamed()
    {
        var run = new RunBuilder { Runtimes = [new("python3.13", "python", "3.13.1", "", Gil: true, IsDefault: true), new("python3.13t", "python", "3.13.1", "", Gil: false, IsDefault: false)] };

        var page = new MarkdownExporter().Write(new(run.Add(new Measured("python3.13", Strategy.Sequential, 1, 100)).Build()));

        Assert.Contains("python3.13 3.13.1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("python3.13t", page, StringComparison.Ordinal);
    }
}
