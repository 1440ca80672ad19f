using System.Text.Json.Nodes;
using Brigade.Contracts.Runs;

namespace Brigade.Web.Features.Api;

/// <summary>Body of <c>POST /api/v1/experiments</c>, for the document; it is read by <see cref="ApiBody"/>.</summary>
/// <param name="Spec">An experiment spec.</param>
public sealed record ExperimentBody(JsonObject Spec);

/// <summary>Body of <c>PUT /api/v1/experiments/{id}</c>.</summary>
/// <param name="Version">The version that the change was made from.</param>
public sealed record ExperimentChangeBody(int Version, JsonObject Spec);

/// <summary>Body of <c>POST /api/v1/runs</c>: exactly one of the first two.</summary>
/// <param name="Spec">An experiment spec.</param>
/// <param name="ExperimentId">A stored experiment.</param>
/// <param name="Guess">What will win, as somebody thinks; hidden until the run has ended.</param>
public sealed record RunBody(JsonObject? Spec, Guid? ExperimentId, Guess? Guess);

/// <summary>An example for the document.</summary>
internal static class SpecExamples
{
    public const string Spec =
        """
        { "version": 1, "name": "primes by strategy", "workload": { "kernel": "cpu.primes", "params": { "limit": 20000 } },
          "matrix": { "runtime": ["python", "dotnet"], "strategy": ["sequential", "threads", "processes"], "workers": [1, 2] }, "load": { "tasks": 200 }, "repeat": 3 }
        """;

    public static JsonNode Experiment => JsonNode.Parse($$"""{ "spec": {{Spec}} }""")!;

    public static JsonNode Change => JsonNode.Parse($$"""{ "version": 1, "spec": {{Spec}} }""")!;
}
