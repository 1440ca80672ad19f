using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

public sealed class SpecWriterTests
{
    private static readonly ExperimentSpec Smallest = new() { Name = "a", Workload = new WorkloadSpec { Kernel = "noop" } };

    [Fact]
    public void ToYaml_Defaults_ShowsWhatAReaderExpects() => Assert.Equal(
        """
        version: 1
        name: a
        workload:
          kernel: noop
        matrix:
          runtime: [python]
          strategy: [sequential, threads, async, pool, processes]
          workers: [1, 2]
        load: {tasks: 200}
        repeat: 3

        """,
        SpecWriter.ToYaml(Smallest));

    [Fact]
    public void ToYaml_EveryField_IsInTheOrderOfTheReference()
    {
        var spec = SpecReader.Read(SpecReaderTests.Full, SpecFormat.Yaml).Spec!;

        Assert.Equal(
            """
            version: 1
            name: primes-by-strategy
            workload:
              kernel: cpu.primes
              params: {limit: 200000}
            matrix:
              runtime: [dotnet, python, python3.13t]
              strategy: [sequential, threads, async, pool, processes]
              workers: [1, 2, 4]
              startMethod: [fork, spawn, forkserver]
              chunkSize: [1, 64]
              params: {limit: [100000, 200000]}
            load: {tasks: 200}
            repeat: 2
            warmup: {duration: 1s}
            order: listed
            seed: 42
            limits: {trialTimeout: 2m, memory: 512MiB}
            thresholds:
              - latency.p99 < 250ms
              - errors.ratio < 1%
              - throughput > 100/s
            tags: [demo]

            """,
            SpecWriter.ToYaml(spec));
    }

    [Fact]
    public void ToYaml_WhatIsNotExecutedYet_IsWrittenToo()
    {
        var spec = Smallest with
        {
            Workload = new WorkloadSpec { Http = new HttpSpec { Url = "http://127.0.0.1:8080/", Method = "POST", Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-A"] = "1" }, Body = "hi", ExpectStatus = 201, Timeout = TimeSpan.FromSeconds(1), KeepAlive = false, Version = "2", VerifyCertificate = false } },
            Load = new LoadSpec { Stages = [new StageSpec(100, TimeSpan.FromSeconds(5)), new StageSpec(0.5, TimeSpan.FromMinutes(2))] },
            Faults = [new FaultSpec(FaultKind.Crash, 1, 50)],
        };

        Assert.Equal(
            """
            version: 1
            name: a
            workload:
              http:
                url: "http://127.0.0.1:8080/"
                method: POST
                headers: {X-A: "1"}
                body: hi
                expectStatus: 201
                timeout: 1s
                keepAlive: false
                version: "2"
                verifyCertificate: false
            matrix:
              runtime: [python]
              strategy: [sequential, threads, async, pool, processes]
              workers: [1, 2]
            load:
              stages:
                - {rate: 100/s, for: 5s}
                - {rate: 30/m, for: 2m}
            repeat: 3
            faults:
              - {kind: crash, worker: 1, atTask: 50}

            """,
            SpecWriter.ToYaml(spec));
    }

    [Fact]
    public void ToYaml_SourceCode_IsALiteralBlock()
    {
        var spec = Smallest with { Workload = new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = "def task(index):\n    return index  # 'ä'\n" } } };

        Assert.Contains("    source: |\n      def task(index):\n          return index  # 'ä'\nmatrix:", SpecWriter.ToYaml(spec), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("12")]
    [InlineData("1e3")]
    [InlineData("- a")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("  leading")]
    [InlineData("trailing ")]
    [InlineData("---")]
    [InlineData("\n")]
    [InlineData("\n  a\n")]
    [InlineData("a\n\n\n")]
    [InlineData("a\r\nb")]
    [InlineData("a\tb\n")]
    [InlineData("tab\n\tb\n")]
    [InlineData("a \n b \n")]
    [InlineData("a\u0001\u0085\u2028b\n")]
    [InlineData("😀\n\uFEFFx\n")]
    [InlineData("'\"\\\n")]
    [InlineData("#a\n")]
    [InlineData("--- a\n--- b\n")]
    [InlineData("a\n...\nb\n")]
    [InlineData("%a\nb")]
    public void ToYaml_AwkwardText_ReadsBackUnchanged(string text)
    {
        var spec = Smallest with { Workload = new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = "#" + text, File = "f" } } };
        var exact = spec with { Workload = new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = text.Trim().Length == 0 ? text + "x" : text, File = "f" } } };

        foreach (var each in new[] { spec, exact })
        {
            var reading = SpecReader.Read(SpecWriter.ToYaml(each), SpecFormat.Yaml);
            Assert.Empty(reading.Errors);
            Assert.Equal(each.Workload.Code!.Source, reading.Spec!.Workload.Code!.Source);
        }
    }

    [Fact]
    public void ToJson_Defaults_HasTheSameFieldsAsYaml() => Assert.Equal(
        """{"version":1,"name":"a","workload":{"kernel":"noop"},"matrix":{"runtime":["python"],"strategy":["sequential","threads","async","pool","processes"],"workers":[1,2]},"load":{"tasks":200},"repeat":3}""",
        SpecWriter.ToJson(Smallest));

    [Fact]
    public void ToJson_Indented_KeepsSignsReadable()
    {
        var json = SpecWriter.ToJson(Smallest with { Thresholds = ["errors.ratio < 1%"] }, indented: true);

        Assert.Contains("\n  \"thresholds\": [\n    \"errors.ratio < 1%\"\n  ]\n}", json, StringComparison.Ordinal);
    }
}
