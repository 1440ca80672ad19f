using System.Text.Json;
using System.Text.Json.Nodes;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Runs;

public sealed class RunResultTests
{
    private static readonly Dictionary<string, ParameterValue> Params = new(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(5) };

    private static readonly RunResult Result = new()
    {
        Name = "a",
        Status = RunStatus.Completed,
        Seed = 42,
        Machine = new Machine("host", 2, 4, "Linux", "CPU", "performance", 0.5, [new RuntimeInfo("dotnet", "dotnet", "10", "/d", null, true)]) { OtherLoad = 0.75 },
        Trials =
        [
            new TrialRow { Index = 0, Runtime = "python3.11", Strategy = Strategy.Processes, Workers = 2, Channel = Channel.Pipe, StartMethod = StartMethod.Fork, ChunkSize = 1, Params = Params, Repetition = 1, Status = TrialStatus.Completed, Latency = new Latency { P50Ms = 1.5 } },
        ],
        Cells = [new CellResult(new Cell("python", Strategy.Processes, 2, Channel.Pipe, null, 1, 0, Params), 3, new CellFigures(1, 2, 3, 4, 5, 6, 7), new CellInterval(1, 2), 1.9, null)],
        Findings = [new Finding("id", "info", "text", new JsonObject { ["x"] = 1.5 })],
        Thresholds = [new ThresholdOutcome("throughput > 1", 0, true, 2.5)],
        Advice = new Advice("cpu-bound", 0.9, "python3.11", Strategy.Processes, 2, "because")
        {
            ThroughputPerSecond = 2,
            Interval = new CellInterval(1, 3),
            NoDifference = true,
            Cost = new AdviceCost(1, 2, 3),
            RunnerUp = new RunnerUp(1, "python3.11", Strategy.Threads, 4, 1.5, 0.25, 0.1, 0.4, new AdviceCost(4, 5, 6)),
            Evidence = [new AdviceEvidence("gil", "The GIL: 2 threads used 1.02 cores of 2.", 1.02, "processors")],
        },
        Notes = ["n"],
    };

    [Fact]
    public void RunResult_RoundTrip_LosesNothing()
    {
        var json = JsonSerializer.Serialize(Result, BrigadeJson.Options);

        var read = JsonSerializer.Deserialize<RunResult>(json, BrigadeJson.Options)!;

        Assert.Equal(json, JsonSerializer.Serialize(read, BrigadeJson.Options));
        Assert.Equal((Result.Advice!.RunnerUp, Result.Advice.Evidence[0], Result.Thresholds[0], ParameterValue.Of(5)), (read.Advice!.RunnerUp, read.Advice.Evidence[0], read.Thresholds[0], read.Trials[0].Params["limit"]));
        Assert.Equal(1.5, read.Findings[0].Evidence["x"]!.GetValue<double>());
    }

    [Fact]
    public void RunResult_Json_HasTheNamesOfTheReference()
    {
        var json = JsonNode.Parse(JsonSerializer.Serialize(Result, BrigadeJson.Options))!;

        Assert.Equal(("completed", 42), (json["status"]!.GetValue<string>(), json["seed"]!.GetValue<int>()));
        Assert.Equal(0.75, json["machine"]!["otherLoad"]!.GetValue<double>());
        var trial = json["trials"]![0]!;
        Assert.Equal(("processes", "pipe", 1.5, "service"), (trial["strategy"]!.GetValue<string>(), trial["channel"]!.GetValue<string>(), trial["latency"]!["p50Ms"]!.GetValue<double>(), trial["latency"]!["kind"]!.GetValue<string>()));
        Assert.Equal(1, json["cells"]![0]!["median"]!["throughputPerSecond"]!.GetValue<double>());
        Assert.False(json["cells"]![0]!.AsObject().ContainsKey("efficiency"));
    }

    [Theory]
    [InlineData("""{"name":"a"}""")]
    [InlineData("""{"name":"a","status":"done"}""")]
    [InlineData("""{"name":"a","status":1}""")]
    public void RunResult_IncompleteJson_IsRefused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RunResult>(json, BrigadeJson.Options));

    [Theory]
    [InlineData(RunStatus.Queued, false)]
    [InlineData(RunStatus.Assigned, false)]
    [InlineData(RunStatus.Running, false)]
    [InlineData(RunStatus.Finishing, false)]
    [InlineData(RunStatus.Completed, true)]
    [InlineData(RunStatus.Failed, true)]
    [InlineData(RunStatus.Cancelled, true)]
    [InlineData(RunStatus.Lost, true)]
    public void IsTerminal_Status_SaysWhetherTheRunHasEnded(RunStatus status, bool isTerminal) => Assert.Equal(isTerminal, status.IsTerminal());
}
