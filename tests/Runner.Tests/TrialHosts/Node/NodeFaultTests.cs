using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.Node;

/// <summary>Workers of Node.js that are made to fail, or fail by themselves.</summary>
public sealed class NodeFaultTests
{
    private static ExperimentSpec Sleeping(Strategy strategy, int tasks, params FaultSpec[] faults) =>
        NodeTrials.Kernel("io.sleep", strategy, 2, ("milliseconds", ParameterValue.Of(3))) with { Load = new LoadSpec { Tasks = tasks }, Faults = faults };

    [Fact]
    public async Task Run_AProcessCrashes_IsReplacedAndOnlyItsTaskIsLost()
    {
        var result = await NodeTrials.CompleteAsync(Sleeping(Strategy.Processes, 80, new FaultSpec(FaultKind.Crash, 1, 5)));

        Assert.Equal((79, 1, 1, 0), (result.Tasks, result.Lost, result.Replaced, result.Errors));
        Assert.True(result.RecoveryMs > 0);
        Assert.DoesNotContain(result.Warnings, warning => warning.Contains("fault", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_AProcessPerTaskCrashes_LosesItsTaskAlone()
    {
        var result = await NodeTrials.CompleteAsync(Sleeping(Strategy.ProcessPerTask, 6, new FaultSpec(FaultKind.Crash, 1, 2)));

        Assert.Equal((5, 1), (result.Tasks, result.Lost));
    }

    [Theory]
    [InlineData(Strategy.Sequential, 0)]
    [InlineData(Strategy.Threads, 1)]
    [InlineData(Strategy.Async, 1)]
    [InlineData(Strategy.Pool, 1)]
    public async Task Run_ACrashWithinTheHost_TakesTheTrialWithIt(Strategy strategy, int worker)
    {
        var result = await NodeTrials.RunAsync(Sleeping(strategy, 80, new FaultSpec(FaultKind.Crash, worker, 5)));

        Assert.Equal(TrialStatus.Failed, result.Status);
        Assert.Contains("SIGKILL", result.Failure, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NodeTrials.Strategies), MemberType = typeof(NodeTrials))]
    public async Task Run_AnInjectedException_IsOneErrorAndAMissedOneIsNamed(Strategy strategy)
    {
        var result = await NodeTrials.CompleteAsync(Sleeping(strategy, 8, new FaultSpec(FaultKind.Exception, 0, 2), new FaultSpec(FaultKind.Exception, 0, 900)));

        Assert.Equal((8, 1, 0), (result.Tasks, result.Errors, result.Lost));
        Assert.Equal("InjectedFault: the experiment's fault exception at task 2 of worker 0", Assert.Single(result.TaskErrors).Message);
        Assert.Contains(result.Warnings, warning => warning.StartsWith("the fault exception at task 900 of worker 0 did not happen: the worker took ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("process.exit(3)")]
    [InlineData("process.kill(process.pid, 'SIGKILL')")]
    public async Task Run_ATaskEndsItsProcess_IsLostAndTheOthersGoOn(string body)
    {
        var source = $"function task(index) {{ if (index === 7) {{ {body}; }} return new Promise((resolve) => setTimeout(() => resolve(1), 2)); }}";

        var result = await NodeTrials.CompleteAsync(NodeTrials.Code(source, Strategy.Processes) with { Warmup = new WarmupSpec { Tasks = 0 }, Load = new LoadSpec { Tasks = 50 } });

        Assert.Equal((49, 1, 1, "0000000000000031"), (result.Tasks, result.Lost, result.Replaced, result.Checksum));
    }
}
