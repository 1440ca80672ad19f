using Brigade.Contracts.Spec;
using Brigade.Contracts.Spec.Reading;

namespace Brigade.Web.Features.Experiments;

/// <summary>What the completion of the YAML knows: the fields of each section and the values that fields can have, from the spec's own definitions.</summary>
/// <param name="Sections">Fields by the name of the field that holds them; empty for the spec itself.</param>
/// <param name="Values">By the name of the field.</param>
public sealed record YamlVocabulary(IReadOnlyDictionary<string, IReadOnlyList<string>> Sections, IReadOnlyDictionary<string, IReadOnlyList<string>> Values)
{
    public static YamlVocabulary All { get; } = new(
        SpecFields.Names.ToDictionary(Holder, SpecFields.Of, StringComparer.Ordinal),
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["kernel"] = [.. KernelCatalogue.All.Select(kernel => kernel.Name)],
            ["language"] = RuntimeCatalogue.CodeLanguages,
            ["method"] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
            ["runtime"] = [.. RuntimeCatalogue.All.Select(kind => kind.Name)],
            ["strategy"] = Names<Strategy>(),
            ["channel"] = Names<Channel>(),
            ["startMethod"] = Names<StartMethod>(),
            ["order"] = Names<TrialOrder>(),
            ["kind"] = Names<FaultKind>(),
            ["thresholds"] = Threshold.Metrics,
            ["abort"] = Threshold.Metrics,
        });

    // The items of a list have the fields of one of them.
    private static string Holder(string section) => section switch
    {
        "stage" => "stages",
        "fault" => "faults",
        _ => section,
    };

    private static IReadOnlyList<string> Names<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(EnumName.Of)];
}
