using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

public sealed class SpecReaderTests
{
    public const string Full = """
        version: 1
        name: primes-by-strategy
        workload:
          kernel: cpu.primes
          params: { limit: 200000 }
        matrix:
          runtime: [dotnet, python, python3.13t]
          strategy: [sequential, threads, async, pool, processes]
          workers: [1, 2, 4]
          channel: pipe
          startMethod: [fork, spawn, forkserver]
          chunkSize: [1, 64]
          payloadBytes: 0
          params: { limit: [100000, 200000] }
        load: { tasks: 200 }
        repeat: 2
        warmup: { duration: 1s }
        order: listed
        seed: 42
        limits: { trialTimeout: 2m, memory: 512MiB }
        faults: []
        thresholds: [ "latency.p99 < 250ms", "errors.ratio < 1%", "throughput > 100/s" ]
        tags: [demo]
        """;

    [Fact]
    public void Read_FullYaml_GivesEveryField()
    {
        var reading = SpecReader.Read(Full, SpecFormat.Yaml);

        Assert.Empty(reading.Errors);
        var spec = reading.Spec!;
        Assert.True(reading.IsValid);
        Assert.Equal("primes-by-strategy", spec.Name);
        Assert.Equal("cpu.primes", spec.Workload.Kernel);
        Assert.Equal(ParameterValue.Of(200_000), spec.Workload.Params["limit"]);
        Assert.Equal(["dotnet", "python", "python3.13t"], spec.Matrix.Runtime);
        Assert.Equal([Strategy.Sequential, Strategy.Threads, Strategy.Async, Strategy.Pool, Strategy.Processes], spec.Matrix.Strategy);
        Assert.Equal([1, 2, 4], spec.Matrix.Workers);
        Assert.Equal([Channel.Pipe], spec.Matrix.Channel);
        Assert.Equal([StartMethod.Fork, StartMethod.Spawn, StartMethod.Forkserver], spec.Matrix.StartMethod);
        Assert.Equal([1, 64], spec.Matrix.ChunkSize);
        Assert.Equal([0], spec.Matrix.PayloadBytes);
        Assert.Equal([ParameterValue.Of(100_000), ParameterValue.Of(200_000)], spec.Matrix.Params["limit"]);
        Assert.Equal(200, spec.Load.Tasks);
        Assert.Equal(2, spec.Repeat);
        Assert.Equal(TimeSpan.FromSeconds(1), spec.Warmup.Duration);
        Assert.Null(spec.Warmup.Tasks);
        Assert.Equal(TrialOrder.Listed, spec.Order);
        Assert.Equal(42, spec.Seed);
        Assert.Equal(TimeSpan.FromMinutes(2), spec.Limits.TrialTimeout);
        Assert.Equal(512L << 20, spec.Limits.Memory);
        Assert.Equal(3, spec.Thresholds.Count);
        Assert.Equal(["demo"], spec.Tags);
    }

    [Fact]
    public void Read_SmallestSpec_TakesTheDefaults()
    {
        var spec = SpecReader.Read("name: a\nworkload: { kernel: noop }\n", SpecFormat.Yaml).Spec!;

        Assert.Equal(200, spec.Load.Tasks);
        Assert.Equal(20, spec.Warmup.Tasks);
        Assert.Equal(3, spec.Repeat);
        Assert.Equal(["python"], spec.Matrix.Runtime);
        Assert.Null(spec.Seed);
    }

    [Fact]
    public void Read_UnknownField_SuggestsTheNearestWithPlace()
    {
        var error = Single("version: 1\nname: a\nworkload: { kernel: noop }\nmatrix:\n  wokers: [1]\n");

        Assert.Equal(("/matrix/wokers", 5, 3), (error.Pointer, error.Line, error.Column));
        Assert.StartsWith("Unknown field 'wokers' in matrix; did you mean 'workers'?", error.Message, StringComparison.Ordinal);
    }

    private static SpecError Single(string yaml) => Assert.Single(SpecReader.Read(yaml, SpecFormat.Yaml).Errors);
}
