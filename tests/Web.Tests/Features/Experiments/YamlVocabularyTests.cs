using Brigade.Web.Features.Experiments;

namespace Brigade.Web.Tests.Features.Experiments;

public sealed class YamlVocabularyTests
{
    [Fact]
    public void All_Sections_HaveTheirFieldsUnderTheNameThatHoldsThem()
    {
        Assert.Contains("workload", YamlVocabulary.All.Sections[""], StringComparer.Ordinal);
        Assert.Contains("payloadBytes", YamlVocabulary.All.Sections["matrix"], StringComparer.Ordinal);
        Assert.Contains("for", YamlVocabulary.All.Sections["stages"], StringComparer.Ordinal);
        Assert.Contains("atTask", YamlVocabulary.All.Sections["faults"], StringComparer.Ordinal);
    }

    [Fact]
    public void All_Values_AreWrittenAsInASpec()
    {
        Assert.Contains("process-per-task", YamlVocabulary.All.Values["strategy"], StringComparer.Ordinal);
        Assert.Contains("shared-memory", YamlVocabulary.All.Values["channel"], StringComparer.Ordinal);
        Assert.Contains("cpu.primes", YamlVocabulary.All.Values["kernel"], StringComparer.Ordinal);
    }
}
