using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Advising;

public sealed class AdvisorTests
{
    [Fact]
    public void Advise_PythonPrimes_ProcessesWithTheirEvidence()
    {
        var advice = Runs.PythonPrimes().Build().Advice!;

        Assert.Equal(("cpu-bound", "python3.11", Strategy.Processes, 2, 0.95), (advice.Class, advice.Runtime, advice.Strategy, advice.Workers, advice.Confidence));
        Assert.Equal(
            "The tasks compute (the processor was busy 100 % of a task's 10 ms), and Python processes with 2 workers did the most (183 tasks a second, 1.83 times the work of one after the other). The GIL: 2 threads used 1.01 cores of 2.",
            advice.Because);
    }

    [Fact]
    public void Advise_TwoRuntimes_NamesTheBestOfEach()
    {
        var advice = Runs.DotNetPrimes().Add(new("python3.11", Strategy.Sequential, 1, 100, 101, 99), new("python3.11", Strategy.Processes, 2, 183, 184, 182)).Build().Advice!;

        Assert.Equal(("dotnet", Strategy.Threads, 2), (advice.Runtime, advice.Strategy, advice.Workers));
        Assert.Contains("In .NET: threads with 2 workers (1.92 times); in Python: processes with 2 workers (1.83 times).", advice.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Advise_AsyncAsFastAsThreads_TakesTheOneThread()
    {
        var advice = Runs.PythonSleeps().Build().Advice!;

        Assert.Equal(("slow-io", Strategy.Async, 16), (advice.Class, advice.Strategy, advice.Workers));
        Assert.StartsWith("The tasks mostly wait (the processor was busy 1 % of a task's 50 ms), and ", advice.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Advise_WithinThreePercent_TakesFewerWorkers()
    {
        var advice = new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 100, 100, 100), new("dotnet", Strategy.Threads, 2, 190, 190, 190), new("dotnet", Strategy.Threads, 8, 195, 195, 195)).Build().Advice!;

        Assert.Equal(2, advice.Workers);
        Assert.Contains(".NET threads with 2 workers did as much as the fastest for the least (190 tasks a second, 1.90 times the work of one after the other; .NET threads with 8 workers: 195)", advice.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Advise_FivePercentBehindAndIntervalsApart_TakesTheFaster() => Assert.Equal(8, new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, 100, 100, 100), new("dotnet", Strategy.Threads, 2, 180, 180, 180), new("dotnet", Strategy.Threads, 8, 190, 190, 190)).Build().Advice!.Workers);

    [Fact]
    public void Advise_FivePercentBehindAndIntervalsOverlap_TakesFewerWorkers() => Assert.Equal(2, new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, 100, 100, 100), new("dotnet", Strategy.Threads, 2, 175, 180, 189), new("dotnet", Strategy.Threads, 8, 188, 190, 192)).Build().Advice!.Workers);

    [Fact]
    public void Advise_NoisyButFarBehind_OverlapDoesNotMakeItAsGood() => Assert.Equal(Strategy.Threads, new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, 60, 100, 160), new("dotnet", Strategy.Threads, 2, 140, 180, 200)).Build().Advice!.Strategy);

    [Fact]
    public void Advise_AsyncAheadByNoise_NotRecommendedForWorkThatComputes()
    {
        var advice = new RunBuilder().Add(
            new("python3.11", Strategy.Sequential, 1, 80, 100, 130), new("python3.11", Strategy.Async, 2, 90, 140, 150), new("python3.11", Strategy.Processes, 2, 90, 125, 140) { Cpu = 1.3 }).Build().Advice!;

        Assert.Equal(Strategy.Processes, advice.Strategy);
        Assert.Contains(
            "Python processes with 2 workers is the best that the figures support (125 tasks a second, 1.25 times the work of one after the other; Python async with 2 tasks in flight did 140, but on one processor such a gain is noise)",
            advice.Because,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Advise_OneWorkerAheadByNoise_NotRecommendedForWorkThatComputes() => Assert.Equal((Strategy.Threads, 2), new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, 80, 100, 130), new("dotnet", Strategy.Processes, 1, 90, 190, 195), new("dotnet", Strategy.Threads, 2, 90, 150, 190) { Cpu = 1.5 }).Build().Advice is { } advice
            ? (advice.Strategy, advice.Workers) : default);

    [Fact]
    public void Advise_ThreadsWithAGilALittleAhead_OneAfterTheOtherIsAsFast()
    {
        var advice = new RunBuilder().Add(new("python3.11", Strategy.Sequential, 1, 100, 100, 100), new("python3.11", Strategy.Threads, 2, 102, 102, 102)).Build().Advice!;

        Assert.Equal(Strategy.Sequential, advice.Strategy);
        Assert.Contains("Python one after the other did as much as the fastest for the least (100 tasks a second; Python threads with 2 workers: 102)", advice.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Advise_SameWorkersAndWeight_TakesLessMemory() => Assert.Equal(Strategy.Pool, new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, 100), new("dotnet", Strategy.Threads, 2, 190) { MemoryMiB = 30 }, new("dotnet", Strategy.Pool, 2, 190) { MemoryMiB = 20 }).Build().Advice!.Strategy);

    [Fact]
    public void Advise_FastestHasErrors_TakesTheSoundOne() => Assert.Equal(Strategy.Pool, new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, 100), new("dotnet", Strategy.Threads, 2, 190) { Errors = 20 }, new("dotnet", Strategy.Pool, 2, 150)).Build().Advice!.Strategy);

    [Fact]
    public void Advise_FewerThanTwoCellsWithFigures_Null() => Assert.Null(new RunBuilder().Add(
        new("dotnet", Strategy.Sequential, 1, 100), new("dotnet", Strategy.Threads, 2, 0) { Status = TrialStatus.Failed }).Build().Advice);

    [Fact]
    public void Advise_SweptParameters_ForTheLongestTasksAndNamesWhatDiffers()
    {
        var (small, large) = (Limit(10), Limit(1_000));
        var advice = new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 90_000) { Params = small, TaskMs = 0.01 }, new("dotnet", Strategy.Processes, 2, 20_000) { Params = small, TaskMs = 0.01 },
            new("dotnet", Strategy.Sequential, 1, 100) { Params = large }, new("dotnet", Strategy.Processes, 2, 190) { Params = large }).Build().Advice!;

        Assert.Equal(Strategy.Processes, advice.Strategy);
        Assert.Contains("This is for limit = 1000; with limit = 10: .NET one after the other.", advice.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Advise_SweptParametersThatAgree_SaysSo() => Assert.Contains(
        "This is for limit = 1000; the other parameters give the same.",
        new RunBuilder().Add(
            new("dotnet", Strategy.Sequential, 1, 1_000) { Params = Limit(10), TaskMs = 1 }, new("dotnet", Strategy.Threads, 2, 1_900) { Params = Limit(10), TaskMs = 1 },
            new("dotnet", Strategy.Sequential, 1, 100) { Params = Limit(1_000) }, new("dotnet", Strategy.Threads, 2, 190) { Params = Limit(1_000) }).Build().Advice!.Because,
        StringComparison.Ordinal);

    private static Dictionary<string, ParameterValue> Limit(long limit) => new(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(limit) };
}
