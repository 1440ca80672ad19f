using System.Net;
using System.Text.Json.Nodes;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Remote;

/// <summary>The experiment on the server that a spec in a file belongs to: the one of its name. The file is right: where the server's differs, it becomes a new version.</summary>
internal sealed class TrackedExperiment(ServerClient server)
{
    /// <summary>Somebody may store another version at the same moment; then it is tried again.</summary>
    private const int Attempts = 3;

    /// <summary>The experiment's id.</summary>
    /// <exception cref="ServerException">The server refuses the spec, or the key may not change experiments.</exception>
    public async Task<Guid> StoreAsync(ExperimentSpec spec, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await FindAsync(spec.Name, cancellation) is { } known ? await UpdateAsync(known, spec, cancellation) : await CreateAsync(spec, cancellation);
            }
            catch (ServerException exception) when (exception.Status == HttpStatusCode.Conflict && attempt < Attempts)
            {
                // Made or changed meanwhile: look again.
            }
        }
    }

    private async Task<Known?> FindAsync(string name, CancellationToken cancellation) =>
        (await server.GetAsync<KnownList>($"experiments?name={Uri.EscapeDataString(name)}", cancellation)).Items is [var known, ..] ? known : null;

    private async Task<Guid> UpdateAsync(Known known, ExperimentSpec spec, CancellationToken cancellation)
    {
        if (JsonNode.DeepEquals(known.Spec, Json(spec)))
            return known.Id;
        if (known.Spec["workload"]?["imported"] is { } tool)
            throw new ServerException($"The experiment \"{known.Name}\" on the server was imported from {tool}. Give the spec another name.", HttpStatusCode.Conflict);
        return (await server.SendAsync<Known>(HttpMethod.Put, $"experiments/{known.Id}", new JsonObject { ["version"] = known.Version, ["spec"] = Json(spec) }, cancellation)).Id;
    }

    private async Task<Guid> CreateAsync(ExperimentSpec spec, CancellationToken cancellation) =>
        (await server.SendAsync<Known>(HttpMethod.Post, "experiments", new JsonObject { ["spec"] = Json(spec) }, cancellation)).Id;

    private static JsonNode Json(ExperimentSpec spec) => JsonNode.Parse(SpecWriter.ToJson(spec))!;

    private sealed record Known(Guid Id, string Name, int Version, JsonNode Spec);

    private sealed record KnownList(IReadOnlyList<Known> Items);
}
