using System.Text.Encodings.Web;
using System.Text.Json;
using Brigade.Contracts.Spec.Writing;

namespace Brigade.Contracts.Spec;

/// <summary>Writes a spec so that <see cref="SpecReader"/> reads the same spec again. Values that equal the defaults are left out, except those a reader expects to see.</summary>
public static class SpecWriter
{
    // The text is shown to people and read by machines, never pasted into HTML: '<' in a threshold stays '<'.
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, NewLine = "\n" };

    /// <summary>YAML with durations as <c>5s</c>, sizes as <c>512MiB</c>, rates as <c>500/s</c> and code as a literal block; ends with a line feed.</summary>
    public static string ToYaml(ExperimentSpec spec) => YamlText.Of(SpecJson.Of(spec));

    /// <summary>JSON with the same fields and values as <see cref="ToYaml"/>.</summary>
    public static string ToJson(ExperimentSpec spec, bool indented = false) => SpecJson.Of(spec).ToJsonString(indented ? Indented : Compact);
}
