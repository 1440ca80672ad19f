using System.Text.Json.Nodes;
using Brigade.Contracts.Spec;

namespace Brigade.Web.Features.Catalogue;

/// <summary>An experiment to start from, as the API shows it.</summary>
public sealed record PresetResponse(string Id, string Title, string Description, JsonNode Spec)
{
    internal static PresetResponse Of(SpecPreset preset) => new(preset.Id, preset.Title, preset.Description, JsonNode.Parse(SpecWriter.ToJson(preset.Spec))!);
}
