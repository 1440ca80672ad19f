using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet;

/// <summary>Open load in every strategy of the real host.</summary>
public sealed class OpenLoadTests
{
    private const long Ms = 1_000_000;

    public static TheoryData<Strategy, Channel?> Strategies => new()
    {
        { Strategy.Sequential, null },
        { Strategy.Threads, null },
        { Strategy.Async, null },
        { Strategy.Pool, null },
        { Strategy.Processes, Channel.Pipe },
        { Strategy.Processes, Channel.Queue },
        { Strategy.Processes, Channel.Manager },
        { Strategy.Processes, Channel.SharedMemory },
        { Strategy.ProcessPerTask, null },
    };

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Run_Stages_StartsEachTaskAtOrAfterItsEvenlySpacedTime(Strategy strategy, Channel? channel)
    {
        var load = new TrialLoad { Stages = [new TrialStage(200, 100), new TrialStage(50, 100)], MaxInFlight = 100 };

        var host = await HostProcess.RunAsync(HostProcess.Request(strategy, strategy == Strategy.Sequential ? 1 : 3, "noop", load) with { Channel = channel });

        Assert.Equal((25, 0), (host.Done!.Tasks, host.Done.Dropped));
        var intended = Enumerable.Range(0, 20).Select(index => index * 5 * Ms).Concat(Enumerable.Range(0, 5).Select(index => (100 + (index * 20)) * Ms));
        Assert.Equal(intended, host.Tasks.Select(task => task.Intended - host.Measuring!.At).Order());
        Assert.All(host.Tasks, task => Assert.True(task.Start >= task.Intended));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Run_TooMuch_DropsWhatArrivesWhileTooManyAreInFlight(Strategy strategy, Channel? channel)
    {
        var workers = strategy == Strategy.Sequential ? 1 : 2;
        var load = new TrialLoad { Stages = [new TrialStage(200, 500)], MaxInFlight = 4 };

        var host = await HostProcess.RunAsync(HostProcess.Request(strategy, workers, "io.sleep", load, new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["milliseconds"] = ParameterValue.Of(50) }) with { Channel = channel });

        // About 10 tasks a worker fit in, and 4 more were in flight at the end.
        Assert.Equal(100, host.Done!.Tasks + host.Done.Dropped);
        Assert.InRange(host.Done.Tasks, 4, (workers * 10) + 6);
        Assert.Equal(workers, host.Tasks.Select(task => task.Worker).Distinct().Count());
    }

    [Theory]
    [InlineData(Channel.Pipe)]
    [InlineData(Channel.Queue)]
    public async Task Run_AWorkerCrashes_LosesItsTaskAndEndsAsPlanned(Channel channel)
    {
        var load = new TrialLoad { Stages = [new TrialStage(100, 600)], MaxInFlight = 100 };

        var host = await HostProcess.RunAsync(HostProcess.Request(Strategy.Processes, 2, "noop", load) with { Channel = channel, Faults = [new TrialFault(FaultKind.Crash, 0, 3)] });

        Assert.Equal((1L, 60L), (host.Done!.Lost, host.Done.Tasks + host.Done.Lost + host.Done.Dropped));
        Assert.Single(host.Losses);
    }

    [Fact]
    public async Task Run_FewerInFlightThanWorkers_IsRefused()
    {
        var host = await HostProcess.RunAsync(HostProcess.Request(Strategy.Threads, 3, "noop", new TrialLoad { Stages = [new TrialStage(1, 1)], MaxInFlight = 2 }));

        Assert.Equal("The trial request has a `maxInFlight` of 2 and 3 workers, some of which could never get a task.", host.Failed!.Message);
    }
}
