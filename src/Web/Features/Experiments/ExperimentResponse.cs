using System.Text.Json.Nodes;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Experiments;

/// <summary>An experiment as the API shows it.</summary>
public sealed record ExperimentResponse(Guid Id, string Name, int Version, JsonNode Spec, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, int RunCount, DateTimeOffset? LastRunAt)
{
    internal static ExperimentResponse Of(ExperimentRow row) =>
        new(row.Id, row.Name, row.Version, JsonNode.Parse(SpecWriter.ToJson(row.Spec))!, row.CreatedAt, row.UpdatedAt, row.RunCount, row.LastRunAt);
}
