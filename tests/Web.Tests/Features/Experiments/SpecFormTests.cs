using Brigade.Contracts.Spec;
using Brigade.Web.Features.Experiments;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Experiments;

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
            Load = new LoadSpec { Duration = TimeSpan.FromSeconds(3) },
            Warmup = new WarmupSpec { Duration = TimeSpan.FromMilliseconds(500) },
            Order = TrialOrder.Listed,
            Seed = 7,
            Limits = new LimitsSpec { TrialTimeout = TimeSpan.FromMinutes(2), Memory = 512 << 20 },
            Thresholds = ["latency.p99 < 250ms"],
            Tags = ["demo", "nightly"],
        };
        Assert.Equal(SpecWriter.ToYaml(spec), SpecWriter.ToYaml(SpecFormReader.Read(SpecForm.From(spec)).Spec!));
    }

    [Fact]
    public void Read_OpenLoadAndOtherWorkload_KeepsWhatTheFormDoesNotShow()
    {
        var spec = Given.Spec() with { Workload = new WorkloadSpec { Http = new HttpSpec { Url = "http://127.0.0.1/" } }, Load = new LoadSpec { Rate = 5, Duration = TimeSpan.FromSeconds(1) }, Faults = [new FaultSpec(FaultKind.Crash, 0, 3)] };
        var form = SpecForm.From(spec);
        form.Name = "other";
        var read = SpecFormReader.Read(form).Spec!;
        Assert.Equal((WorkloadKind.Other, AmountKind.Open), (form.Kind, form.Load));
        Assert.Equal(("http://127.0.0.1/", 5, 1), (read.Workload.Http!.Url, read.Load.Rate, read.Faults.Count));
    }

    [Fact]
    public void Read_SeveralValuesOfAParameter_SweepsIt()
    {
        var form = SpecForm.From(Given.Spec());
        form.Params["limit"] = "100, 200";
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
        form.UseKernel("io.sleep");
        Assert.Equal("50", Assert.Single(form.Params).Value);
    }

    [Fact]
    public void Toggled_Value_KeepsTheOrder() => Assert.Equal(
        [Strategy.Sequential, Strategy.Async, Strategy.Processes],
        SpecForm.Toggled([Strategy.Sequential, Strategy.Processes], Strategy.Async, isOn: true, Enum.GetValues<Strategy>()));
}
