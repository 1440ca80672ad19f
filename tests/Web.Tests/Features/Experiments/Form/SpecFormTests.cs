using Brigade.Contracts.Spec;
using Brigade.Web.Features.Experiments.Form;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Experiments.Form;

public sealed class SpecFormTests
{
    public static TheoryData<string> Presets => [.. SpecPresets.All.Select(preset => preset.Id)];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Read_UntouchedPreset_IsTheSameSpec(string preset)
    {
        var spec = SpecPresets.Find(preset)!.Spec;
        var reading = SpecFormReader.Read(SpecForm.From(spec));
        Assert.Empty(reading.Errors);
        Assert.Equal(SpecWriter.ToYaml(spec), SpecWriter.ToYaml(reading.Spec!));
    }

    [Fact]
    public void Read_EverythingSet_IsTheSameSpec()
    {
        var spec = Given.Spec() with
        {
            Matrix = new MatrixSpec { Channel = [Channel.Queue], StartMethod = [StartMethod.Spawn], ChunkSize = [1, 64], PayloadBytes = [0, 1024], Params = new Dictionary<string, IReadOnlyList<ParameterValue>>(StringComparer.Ordinal) { ["limit"] = [ParameterValue.Of(10), ParameterValue.Of(20)] } },
            Workload = new WorkloadSpec { Kernel = "cpu.primes" },
            Load = new LoadSpec { Rate = 50, Duration = TimeSpan.FromSeconds(3), MaxInFlight = 7 },
            Warmup = new WarmupSpec { Duration = TimeSpan.FromMilliseconds(500) },
            Order = TrialOrder.Listed,
            Seed = 7,
            Limits = new LimitsSpec { TrialTimeout = TimeSpan.FromMinutes(2), Memory = 512 << 20, CpuSet = "0-1" },
            Stop = new StopSpec { RelativeError = 0.025, AtLeast = 2 },
            Abort = ["errors.ratio < 5%"],
            Faults = [new FaultSpec(FaultKind.Hang, 1, 3)],
            Thresholds = ["latency.p99 < 250ms"],
            Tags = ["demo", "nightly"],
        };
        Assert.Equal(SpecWriter.ToYaml(spec), SpecWriter.ToYaml(SpecFormReader.Read(SpecForm.From(spec)).Spec!));
    }

    public static TheoryData<string> Kinds => [.. Workloads.Keys];

    private static Dictionary<string, WorkloadSpec> Workloads { get; } = new(StringComparer.Ordinal)
    {
        ["http"] = new() { Http = new HttpSpec { Url = "http://127.0.0.1/", Method = "POST", Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Accept"] = "text/plain", ["X-A"] = "1: 2" }, Body = "a\nb", ExpectStatus = 201, Timeout = TimeSpan.FromMilliseconds(750), KeepAlive = false, Version = "2", VerifyCertificate = false }, Params = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["item"] = ParameterValue.Of(3) } },
        ["sql"] = new() { Sql = new SqlSpec { Connection = "SHOP", Query = "select 1\nfrom x" } },
        ["command"] = new() { Command = new CommandSpec { Argv = ["gzip", "", "two\nlines", ""], Stdin = "abc" } },
        ["csharp"] = new() { Code = new CodeSpec { Language = "csharp", Source = "static long Task(long index) => index;" } },
        ["python"] = new()
        {
            Code = new CodeSpec { Language = "python", Source = "def task(index, size): return size" },
            Params = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["size"] = ParameterValue.Of(5), ["name"] = ParameterValue.Of("x"), ["digits"] = ParameterValue.Of("12"), ["list"] = ParameterValue.Of("a, b"), ["none"] = ParameterValue.Of("") },
        },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_UntouchedWorkload_IsTheSameSpec(string kind)
    {
        var spec = new ExperimentSpec { Name = "a", Workload = Workloads[kind] };
        var reading = SpecFormReader.Read(SpecForm.From(spec));
        Assert.Empty(reading.Errors);
        Assert.Equal(SpecWriter.ToYaml(spec), SpecWriter.ToYaml(reading.Spec!));
    }

    [Fact]
    public void Read_Headers_AreOneALine()
    {
        var form = SpecForm.From(Given.Spec());
        (form.Workload.Kind, form.Workload.Headers) = (WorkloadKind.Http, "Accept: a\nX-Time: 12:30\n");
        Assert.Equal([new("Accept", "a"), new("X-Time", "12:30")], SpecFormReader.Read(form).Spec!.Workload.Http!.Headers.ToList());
        form.Workload.Headers = "Accept\nA: 1\nA: 2";
        Assert.Equal(["/workload/http/headers", "/workload/http/headers"], SpecFormReader.Read(form).Errors.Select(error => error.Pointer), StringComparer.Ordinal);
    }

    [Fact]
    public void Read_Argv_IsOneArgumentALine()
    {
        var form = SpecForm.From(Given.Spec());
        (form.Workload.Kind, form.Workload.Argv) = (WorkloadKind.Command, "gzip\n-c\nmy file\n");
        Assert.Equal(["gzip", "-c", "my file"], SpecFormReader.Read(form).Spec!.Workload.Command!.Argv, StringComparer.Ordinal);
    }

    [Fact]
    public void Read_ArgumentsOfCode_AreGivenOrSwept()
    {
        var form = SpecForm.From(Given.Spec());
        (form.Workload.Kind, form.Workload.Arguments) = (WorkloadKind.Code, "size: 100, 1000\nname: fast\ntext: \"1, 2\"");
        var spec = SpecFormReader.Read(form).Spec!;
        Assert.Equal([ParameterValue.Of(100), ParameterValue.Of(1000)], spec.Matrix.Params["size"]);
        Assert.Equal([ParameterValue.Of("fast"), ParameterValue.Of("1, 2")], spec.Workload.Params.Values);
        form.Workload.Arguments = "size";
        Assert.Equal("/workload/params", Assert.Single(SpecFormReader.Read(form).Errors).Pointer);
    }

    [Fact]
    public void Read_Stages_AreRatesForTimes()
    {
        var form = SpecForm.From(Given.Spec());
        form.Load.Use(LoadKind.Stages);
        form.Load.AddStage();
        (form.Load.Stages[0].Rate, form.Load.Stages[3].For, form.Load.MaxInFlight) = ("120/m", "2s", "10");
        var load = SpecFormReader.Read(form).Spec!.Load;
        Assert.Equal((2, TimeSpan.FromSeconds(2), 10), (load.Stages[0].Rate, load.Stages[3].For, load.MaxInFlight));
        form.Load.Stages[1].Rate = "fast";
        Assert.Equal("/load/stages/1/rate", Assert.Single(SpecFormReader.Read(form).Errors).Pointer);
        form.Load.Stages.Clear();
        Assert.Equal("/load/stages", Assert.Single(SpecFormReader.Read(form).Errors).Pointer);
    }

    [Fact]
    public void Read_UnreadableFaultAndStopRule_SaysWhere()
    {
        var form = SpecForm.From(Given.Spec());
        form.Faults.Add(new FaultRow { Worker = "one" });
        form.StopError = "little";
        Assert.Equal(["/stop/relativeError", "/faults/0/worker"], SpecFormReader.Read(form).Errors.Select(error => error.Pointer), StringComparer.Ordinal);
    }

    [Fact]
    public void From_AnotherSpec_KeepsWhatWasTypedForOtherKinds()
    {
        var before = SpecForm.From(Given.Spec());
        (before.Workload.Url, before.Workload.Source) = ("http://typed/", "def task(index): return 7");
        var after = SpecForm.From(Given.Spec("other"), before);
        Assert.Equal(("http://typed/", "def task(index): return 7"), (after.Workload.Url, after.Workload.Source));
    }

    [Fact]
    public void FitRuntimes_AnotherLanguage_LeavesRuntimesThatRunIt()
    {
        var form = SpecForm.From(Given.Spec());
        form.Runtimes = ["python", "dotnet"];
        form.Workload.Language = "csharp";
        form.FitRuntimes();
        Assert.Equal(["dotnet"], form.Runtimes, StringComparer.Ordinal);
        form.Workload.Language = "python";
        form.FitRuntimes();
        Assert.Equal(["python"], form.Runtimes, StringComparer.Ordinal);
    }

    [Fact]
    public void Read_SeveralValuesOfAParameter_SweepsIt()
    {
        var form = SpecForm.From(Given.Spec());
        form.Workload.Params["limit"] = "100, 200";
        var spec = SpecFormReader.Read(form).Spec!;
        Assert.Equal(["100", "200"], spec.Matrix.Params["limit"].Select(value => value.Text), StringComparer.Ordinal);
        Assert.Empty(spec.Workload.Params);
    }

    [Fact]
    public void Read_UnreadableFields_SaysWhichAndHowToMendThem()
    {
        var form = SpecForm.From(Given.Spec());
        (form.Workers, form.Repeat, form.TrialTimeout, form.Memory) = ("1, x", "", "5 minutes", "much");
        form.Strategies = [];
        var reading = SpecFormReader.Read(form);
        Assert.Null(reading.Spec);
        Assert.Equal(["/matrix/strategy", "/matrix/workers", "/repeat", "/limits/trialTimeout", "/limits/memory"], reading.Errors.Select(error => error.Pointer), StringComparer.Ordinal);
        Assert.Equal("'x' is not a whole number: write worker counts, for example 1, 2, 4.", reading.Errors[1].Message);
    }

    [Fact]
    public void UseKernel_Other_StartsWithItsDefaults()
    {
        var form = SpecForm.From(Given.Spec());
        form.Workload.UseKernel("io.sleep");
        Assert.Equal("50", Assert.Single(form.Workload.Params).Value);
    }
}
