using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

public sealed class SpecPresetsTests
{
    public static TheoryData<string> Ids => [.. SpecPresets.All.Select(preset => preset.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void All_EachPreset_ReadsBackAsWritten(string id)
    {
        var yaml = SpecWriter.ToYaml(SpecPresets.Find(id)!.Spec);
        TestContext.Current.TestOutputHelper?.WriteLine(yaml);
        var reading = SpecReader.Read(yaml, SpecFormat.Yaml, SpecOrigin.Request);

        Assert.Empty(reading.Errors);
        Assert.Equal(SpecWriter.ToJson(SpecPresets.Find(id)!.Spec), SpecWriter.ToJson(reading.Spec!));
    }
}
