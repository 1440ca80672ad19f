using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Reports;

public sealed class JunitExporterTests
{
    private static readonly XDocument Document = XDocument.Parse(new Brigade.Analysis.Reports.JunitExporter().Write(ReportRuns.Full()));

    [Fact]
    public void Write_FullRun_ValidatesAgainstTheSchema()
    {
        var schemas = new XmlSchemaSet();
        using var reader = XmlReader.Create(Path.Combine(AppContext.BaseDirectory, "Reports", "junit.xsd"));
        schemas.Add(null, reader);

        List<string> errors = [];
        Document.Validate(schemas, (_, problem) => errors.Add(problem.Message));

        Assert.Empty(errors);
    }

    [Fact]
    public void Write_FullRun_HasACasePerCellAndPerThresholdAndCell()
    {
        var suite = Document.Root!.Element("testsuite")!;
        var cases = suite.Elements("testcase").ToList();

        Assert.Equal(7, cases.Count(element => ((string)element.Attribute("classname")!).EndsWith(".cells", StringComparison.Ordinal)));
        Assert.Equal(14, cases.Count(element => ((string)element.Attribute("classname")!).EndsWith(".thresholds", StringComparison.Ordinal)));
        Assert.Equal(21, (int)suite.Attribute("tests")!);
        Assert.Equal(cases.Count(element => element.Element("failure") is not null), (int)suite.Attribute("failures")!);
    }

    [Fact]
    public void Write_ThresholdThatFails_SaysWhatWasMeasured()
    {
        var failure = Document.Descendants("testcase").First(element => ((string)element.Attribute("name")!).StartsWith("latency.p99 < 15ms in python3.11 · threads × 2", StringComparison.Ordinal)).Element("failure")!;

        Assert.Equal("threshold", (string)failure.Attribute("type")!);
        Assert.Contains("measured 40 ms", (string)failure.Attribute("message")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FailedTrial_TellsWhyWithoutCharactersThatXmlCannotHold()
    {
        var failure = Document.Descendants("failure").Single(element => (string)element.Attribute("type")! == "trial");

        Assert.Contains("It said \"no\", <b>twice</b> & left", failure.Value, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', failure.Value);
    }

    [Fact]
    public void Write_CellsOfWhichEveryTrialWasLeftOut_AreNoCases()
    {
        static TrialResult LeftOut(TrialResult trial) => trial with { Status = TrialStatus.Skipped, Failure = "", Tasks = 0 };
        var result = new RunBuilder().Add(new(Runs.Python, Strategy.Sequential, 1, 100, 101), new(Runs.Python, Strategy.Threads, 64, 1, 1) { Also = LeftOut }).Build();

        var suite = XDocument.Parse(new Brigade.Analysis.Reports.JunitExporter().Write(new(result))).Root!.Element("testsuite")!;

        Assert.Equal(("1", "0"), ((string)suite.Attribute("tests")!, (string)suite.Attribute("failures")!));
        Assert.Equal("python3.11 · sequential", (string)suite.Element("testcase")!.Attribute("name")!);
    }
}
