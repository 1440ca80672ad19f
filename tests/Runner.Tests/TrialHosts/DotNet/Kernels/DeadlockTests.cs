using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet.Kernels;

public sealed class DeadlockTests
{
    private static readonly Dictionary<string, ParameterValue> Params = new(StringComparer.Ordinal) { ["holdMilliseconds"] = ParameterValue.Of(50) };

    [Theory]
    [InlineData(Strategy.Threads, 2)]
    [InlineData(Strategy.Pool, 3)]
    [InlineData(Strategy.Processes, 2)]
    public async Task Run_TwoWorkersOrMore_FailsWithTheStackOfEachWorker(Strategy strategy, int workers)
    {
        var host = await HostProcess.RunAsync(HostProcess.Request(strategy, workers, "deadlock", new TrialLoad { Tasks = 1_000 }, Params));

        Assert.StartsWith("deadlock: worker ", host.Failed!.Message, StringComparison.Ordinal);
        Assert.Contains($"{workers} workers are blocked", host.Failed.Message, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, workers), worker => Assert.Contains($"worker {worker} waits for lock ", host.Failed.Detail, StringComparison.Ordinal));
        Assert.Equal(workers, host.Failed.Detail.Split("Kernels.Deadlock.Run(").Length - 1);
    }

    [Theory]
    [InlineData(Strategy.Threads, 1)]
    [InlineData(Strategy.Async, 3)]
    public async Task Run_OneTaskAfterTheOther_Ends(Strategy strategy, int workers)
    {
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["holdMilliseconds"] = ParameterValue.Of(1) };
        var host = await HostProcess.RunAsync(HostProcess.Request(strategy, workers, "deadlock", new TrialLoad { Tasks = 20 }, parameters));

        Assert.Equal((20, 0), (host.Done!.Tasks, host.Done.Errors));
    }
}
