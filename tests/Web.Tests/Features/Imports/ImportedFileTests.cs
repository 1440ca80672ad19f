using System.Text;
using Brigade.Analysis.Importing;
using Brigade.Web.Features.Imports;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Imports;

public sealed class ImportedFileTests
{
    private static readonly ForeignRun Run = Importers.Read("a.json", Encoding.UTF8.GetBytes("""{"results":[{"command":"x","times":[1,2]}]}""")).Run!;

    [Fact]
    public void MeasuredAt_ToldAndInTheFile_TheReaderKnowsBetter() => Assert.Equal(Given.Noon, ImportedFile.MeasuredAt(Run with { MeasuredAt = Given.Noon.AddDays(-1) }, Given.Noon, Given.Noon));

    [Theory]
    [InlineData(-1, true)]
    [InlineData(2, false)]
    [InlineData(-365 * 100, false)]
    public void MeasuredAt_FileWithATimeThatCannotBe_IsNotBelieved(int days, bool isBelieved)
    {
        var at = Given.Noon.AddDays(days);

        Assert.Equal(isBelieved ? at : null, ImportedFile.MeasuredAt(Run with { MeasuredAt = at }, null, Given.Noon));
    }

    [Fact]
    public void Of_NobodyKnowsWhen_CountsAsMeasuredJustNow()
    {
        var import = ImportedFile.Of(Run, null, null, Given.Noon);

        Assert.Equal((Given.Noon.AddSeconds(-3), Given.Noon, "a"), (import.StartedAt, import.EndedAt, import.Spec.Name));
    }

    [Theory]
    [InlineData("nightly", "nightly")]
    [InlineData("  ", "a")]
    [InlineData("<b>/x", "b-x")]
    public void Of_Name_IsCleaned(string name, string expected) => Assert.Equal(expected, ImportedFile.Of(Run, name, null, Given.Noon).Spec.Name);
}
