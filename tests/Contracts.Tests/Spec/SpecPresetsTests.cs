using System.Runtime.CompilerServices;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

public sealed class SpecPresetsTests
{
    public static TheoryData<string> Ids => [.. SpecPresets.All.Select(preset => preset.Id)];

    [Fact]
    public void All_Presets_AreOneForEachClassOneForTheUsersCodeAndOneForEachKindOfTrouble() =>
        Assert.Equal(["primes", "fast-io", "slow-io", "mixed", "shared-counter", "channels", "my-python", "open-load", "crash", "deadlock", "advise", "crossover"], SpecPresets.All.Select(preset => preset.Id), StringComparer.Ordinal);

    [Fact]
    public void Find_Primes_HasTheTitleOfTheFirstStory() => Assert.Equal("Prime numbers, in Python and .NET", SpecPresets.Find("primes")?.Title);

    [Fact]
    public void Find_OtherId_IsNull() => Assert.Null(SpecPresets.Find("prime"));

    [Theory]
    [MemberData(nameof(Ids))]
    public void All_EachPreset_IsValidWhereverItIsSentFrom(string id) => Assert.Empty(SpecValidator.Validate(SpecPresets.Find(id)!.Spec, SpecOrigin.Request));

    /// <summary>At a second and a half for a trial of about a second with its start, this is what a newcomer waits for at most.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void All_EachPreset_IsShort(string id) => Assert.True(SpecPresets.Find(id)!.Spec is { Search: { } search } ? search.Budget <= TimeSpan.FromSeconds(60) : TrialPlanner.Count(SpecPresets.Find(id)!.Spec).Trials <= 54);

    [Theory]
    [MemberData(nameof(Ids))]
    public void All_EachPreset_EqualsItsExampleFile(string id)
    {
        var (preset, spec) = (SpecPresets.Find(id)!, SpecPresets.Find(id)!.Spec);
        if (spec.Workload.Code is { } code)
        {
            Assert.Equal(code.Source, File.ReadAllText(Path.Combine(Examples(), "work.py")));
            spec = spec with { Workload = spec.Workload with { Code = code with { Source = null, File = "work.py" } } };
        }

        var text = File.ReadAllText(Path.Combine(Examples(), string.Equals(id, "my-python", StringComparison.Ordinal) ? "my-code.yaml" : $"{id}.yaml"));

        Assert.Equal($"# {preset.Description}\n{SpecWriter.ToYaml(spec)}", text);
        Assert.Empty(SpecReader.Read(text, SpecFormat.Yaml).Errors);
    }

    private static string Examples([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/examples"));
}
