using System.Text.Json;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Runs.Guessing;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Runs.Guessing;

public sealed class GuessReadingTests
{
    private static readonly ExperimentSpec Spec = Given.Spec() with { Matrix = new MatrixSpec { Runtime = ["python", "dotnet"], Strategy = [Strategy.Threads, Strategy.ProcessPerTask], Workers = [2, 4] } };

    [Fact]
    public void Read_WholeGuess_IsReadStoredAndReadAgain()
    {
        var (guess, errors) = Read("""{ "strategy": "process-per-task", "runtime": "dotnet", "workers": 4, "speedup": 1.5 }""");

        Assert.Empty(errors);
        Assert.Equal(new Guess(Strategy.ProcessPerTask, "dotnet", 4, 1.5), guess);
        Assert.Equal(guess, GuessReading.Stored(GuessReading.Write(guess!)));
    }

    [Fact]
    public void Read_StrategyAlone_IsEnough() => Assert.Equal(new Guess(Strategy.Threads, null, null, null), Read("""{ "strategy": "threads" }""").Guess);

    [Theory]
    [InlineData("""7""", "/guess")]
    [InlineData("""{}""", "/guess/strategy")]
    [InlineData("""{ "strategy": "async" }""", "/guess/strategy")]
    [InlineData("""{ "strategy": "threads", "runtime": "ruby" }""", "/guess/runtime")]
    [InlineData("""{ "strategy": "threads", "workers": 3 }""", "/guess/workers")]
    [InlineData("""{ "strategy": "threads", "workers": 2.5 }""", "/guess/workers")]
    [InlineData("""{ "strategy": "threads", "speedup": 0 }""", "/guess/speedup")]
    [InlineData("""{ "strategy": "threads", "speedup": "fast" }""", "/guess/speedup")]
    [InlineData("""{ "strategy": "threads", "luck": 1 }""", "/guess/luck")]
    public void Read_WrongGuess_SaysWhere(string json, string pointer)
    {
        var (guess, errors) = Read(json);

        Assert.Null(guess);
        Assert.Equal(pointer, Assert.Single(errors).Pointer);
    }

    [Fact]
    public void Read_OneWorker_IsOfSequentialOrOfACellThatHasIt()
    {
        var spec = Spec with { Matrix = Spec.Matrix with { Strategy = [Strategy.Sequential, Strategy.Threads] } };

        Assert.Equal(new Guess(Strategy.Sequential, null, 1, null), Read("{ \"strategy\": \"sequential\", \"workers\": 1 }", spec).Guess);
        Assert.Equal("/guess/workers", Assert.Single(Read("{ \"strategy\": \"threads\", \"workers\": 1 }", spec).Errors).Pointer);
        Assert.Empty(Read("{ \"strategy\": \"threads\", \"workers\": 1 }", spec with { Matrix = spec.Matrix with { Workers = [1, 2] } }).Errors);
    }

    [Fact]
    public void Read_OfASearchThatLeavesItsMatrixOut_IsOneOfItsCandidates()
    {
        var search = Given.Spec() with { Search = new SearchSpec { Budget = TimeSpan.FromSeconds(60) }, Matrix = new MatrixSpec() };

        var (guess, errors) = Read("{ \"strategy\": \"processes\", \"runtime\": \"python\", \"workers\": 2 }", search);

        Assert.Empty(errors);
        Assert.Equal(new Guess(Strategy.Processes, "python", 2, null), guess);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"strategy":"telepathy"}""")]
    public void Stored_NothingReadable_IsNone(string json) => Assert.Null(GuessReading.Stored(json));

    private static (Guess? Guess, IReadOnlyList<SpecError> Errors) Read(string json, ExperimentSpec? spec = null)
    {
        using var document = JsonDocument.Parse(json);
        return GuessReading.Read(document.RootElement, spec ?? Spec, "/guess");
    }
}
