using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

/// <summary>Rules on specs that do not come from a text, or that the reader's tests cannot reach.</summary>
public sealed class SpecValidatorTests
{
    private static readonly ExperimentSpec Valid = new() { Name = "a", Workload = new WorkloadSpec { Kernel = "noop" } };

    [Fact]
    public void Validate_DefaultsWithKernel_IsValid() => Assert.Empty(SpecValidator.Validate(Valid));

    [Theory]
    [InlineData("primes by strategy_1.2-x")]
    [InlineData("Größe 素数")]
    public void Validate_NameOfLettersOfAnyScript_IsValid(string name) => Assert.Empty(SpecValidator.Validate(Valid with { Name = name }));

    [Fact]
    public void Validate_LongName_TellsTheLength()
    {
        var error = Assert.Single(SpecValidator.Validate(Valid with { Name = new string('a', 101) }));

        Assert.Equal(new SpecError("/name", "name has 101 characters; the most is 100."), error);
    }

    [Fact]
    public void Validate_FileWithoutSourceInARequest_AsksForSource()
    {
        var spec = Valid with { Workload = new WorkloadSpec { Code = new CodeSpec { Language = "python", File = "work.py" } } };

        Assert.Empty(SpecValidator.Validate(spec));
        var error = Assert.Single(SpecValidator.Validate(spec, SpecOrigin.Request));
        Assert.Equal(new SpecError("/workload/code/file", "workload.code.file names a file, and there are no files beside a spec that is sent to the server; put the code's text into 'source'."), error);
    }

    [Fact]
    public void Validate_FileWithSource_IsADisplayName()
    {
        var spec = Valid with { Workload = new WorkloadSpec { Code = new CodeSpec { Language = "python", File = "work.py", Source = "def task(i): pass" } } };

        Assert.Empty(SpecValidator.Validate(spec, SpecOrigin.Request));
    }

    [Theory]
    [InlineData("\0", "workload.code.source holds a NUL character; save the file as UTF-8 text.")]
    [InlineData(null, "workload.code.source has 262,145 characters; the most is 262,144.")]
    public void Validate_BadSource_IsRefused(string? tail, string message)
    {
        var source = tail is null ? new string('#', 262_145) : "pass" + tail;
        var spec = Valid with { Workload = new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = source } } };

        Assert.Equal(message, Assert.Single(SpecValidator.Validate(spec)).Message);
    }

    [Theory]
    [InlineData("dotnet")]
    [InlineData("python")]
    [InlineData("python3")]
    [InlineData("python3.9")]
    [InlineData("python3.11")]
    [InlineData("python3.13t")]
    [InlineData("node")]
    [InlineData("node18")]
    [InlineData("node20")]
    public void Validate_RuntimeName_IsAccepted(string runtime) => Assert.Empty(Runtime(runtime));

    [Theory]
    [InlineData("python3.")]
    [InlineData("python3.t")]
    [InlineData("python3.011")]
    [InlineData("python3.111")]
    [InlineData("python3.11x")]
    [InlineData("python4")]
    [InlineData("python3.8")]
    [InlineData("node16")]
    [InlineData("node020")]
    [InlineData("node20.1")]
    [InlineData("nodejs")]
    [InlineData("")]
    [InlineData("python3.11\n")]
    public void Validate_OtherRuntimeName_IsRefused(string runtime) => Assert.Equal("/matrix/runtime/0", Assert.Single(Runtime(runtime)).Pointer);

    [Fact]
    public void Validate_TwentyOneTags_IsRefused()
    {
        var error = Assert.Single(SpecValidator.Validate(Valid with { Tags = [.. Enumerable.Range(0, 21).Select(number => $"t{number}")] }));

        Assert.Equal(new SpecError("/tags", "tags has 21 tags; the most is 20."), error);
    }

    [Fact]
    public void Validate_FiftyOneThresholds_IsRefused()
    {
        var error = Assert.Single(SpecValidator.Validate(Valid with { Thresholds = [.. Enumerable.Repeat("errors.count < 1", 51)] }));

        Assert.Equal(new SpecError("/thresholds", "thresholds has 51 conditions; the most is 50."), error);
    }

    [Fact]
    public void Validate_HttpWithBadParts_TellsAll()
    {
        var spec = Valid with { Workload = new WorkloadSpec { Http = new HttpSpec { Url = "x", Method = "", ExpectStatus = 99, Timeout = TimeSpan.Zero } } };

        Assert.Equal(["/workload/http/url", "/workload/http/method", "/workload/http/expectStatus", "/workload/http/timeout"], SpecValidator.Validate(spec).Select(error => error.Pointer), StringComparer.Ordinal);
    }

    [Fact]
    public void Validate_StagesOutOfRange_NameTheStage()
    {
        var errors = SpecValidator.Validate(Valid with { Load = new LoadSpec { Stages = [new StageSpec(1, TimeSpan.FromSeconds(1)), new StageSpec(0, TimeSpan.Zero)] } });

        Assert.Equal(["/load/stages/1/rate", "/load/stages/1/for"], errors.Select(error => error.Pointer), StringComparer.Ordinal);
        Assert.Equal("load.stages[1].rate is 0/s; it has to be above 0 and at most 10000000/s.", errors[0].Message);
    }

    [Fact]
    public void Validate_FaultsChannelsAndPayload_AreAllowedInBothRuntimes()
    {
        var matrix = new MatrixSpec
        {
            Runtime = ["python", "dotnet"], Strategy = [Strategy.Processes, Strategy.ProcessPerTask], Channel = [Channel.Pipe, Channel.Queue, Channel.Manager, Channel.SharedMemory], PayloadBytes = [0, 65536],
        };

        Assert.Empty(SpecValidator.Validate(Valid with { Faults = [new FaultSpec(FaultKind.Hang, 1, 5)], Matrix = matrix }));
    }

    [Fact]
    public void Validate_FaultOutOfRange_NamesTheFault()
    {
        var errors = SpecValidator.Validate(Valid with { Faults = [new FaultSpec(FaultKind.Crash, 256, 0)] });

        Assert.Equal(["/faults/0/worker", "/faults/0/atTask"], errors.Select(error => error.Pointer), StringComparer.Ordinal);
    }

    [Fact]
    public void Validate_SweptParameterOfCode_IsValid()
    {
        var spec = Valid with
        {
            Workload = new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = "x" } },
            Matrix = new MatrixSpec { Params = new Dictionary<string, IReadOnlyList<ParameterValue>>(StringComparer.Ordinal) { ["a"] = [ParameterValue.Of(1)] } },
        };

        Assert.Empty(SpecValidator.Validate(spec));
    }

    [Fact]
    public void Validate_RequiredParameterThatIsSwept_IsValid()
    {
        var spec = Valid with
        {
            Workload = new WorkloadSpec { Kernel = "io.http" },
            Matrix = new MatrixSpec { Params = new Dictionary<string, IReadOnlyList<ParameterValue>>(StringComparer.Ordinal) { ["url"] = [ParameterValue.Of("http://127.0.0.1:1/"), ParameterValue.Of("https://localhost/")] } },
        };

        Assert.Empty(SpecValidator.Validate(spec));
    }

    [Fact]
    public void Validate_ErrorsOfSeveralSections_AreInTheOrderOfTheDocument()
    {
        var errors = SpecValidator.Validate(Valid with { Version = 7, Name = "", Repeat = 0, Matrix = new MatrixSpec { Workers = [0] }, Load = new LoadSpec() });

        Assert.Equal(["/version", "/name", "/matrix/workers/0", "/load", "/repeat"], errors.Select(error => error.Pointer), StringComparer.Ordinal);
    }

    [Fact]
    public void Validate_OnlyWhatTheRuntimeDoesNotHave_IsRefusedWithTheReason()
    {
        var error = Assert.Single(SpecValidator.Validate(Valid with { Matrix = new MatrixSpec { Runtime = ["node"], Strategy = [Strategy.Threads] }, Workload = new WorkloadSpec { Kernel = "shared.counter" } }),
            error => error.Pointer == "/matrix");

        Assert.Equal("matrix has no valid cell: Node.js does not have the kernel shared.counter. Add a runtime that has it to matrix.runtime, or take it out.", error.Message);
    }

    private static IReadOnlyList<SpecError> Runtime(string runtime) => SpecValidator.Validate(Valid with { Matrix = new MatrixSpec { Runtime = [runtime] } });
}
