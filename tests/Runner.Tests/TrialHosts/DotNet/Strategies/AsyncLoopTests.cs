using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet.Strategies;

public sealed class AsyncLoopTests
{
    private const string Figure = "longestLoopBlockMs";

    [Fact]
    public async Task Run_TasksThatNeverYield_ShowHowLongTheyBlockedTheLoop()
    {
        var host = await HostProcess.RunAsync(HostProcess.Request(
            Strategy.Async, 3, "cpu.primes", new TrialLoad { Tasks = 40 }, new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(5_000) }));

        // The first worker that gets the loop keeps it to the end.
        var block = host.Done!.Figures![Figure];
        Assert.True(block * 1e6 >= host.Tasks.Max(task => task.End) - host.Tasks.Min(task => task.Start));
    }

    [Fact]
    public async Task Run_TasksThatYield_LeaveTheLoopFreeInBetween()
    {
        var host = await HostProcess.RunAsync(HostProcess.Request(
            Strategy.Async, 1, "io.sleep", new TrialLoad { Tasks = 10 }, new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["milliseconds"] = ParameterValue.Of(100) }));

        var all = host.Tasks.Max(task => task.End) - host.Tasks.Min(task => task.Start);
        Assert.InRange(host.Done!.Figures![Figure] * 1e6, 1, all / 2);
    }

    [Fact]
    public async Task Run_WithoutALoop_HasNoSuchFigure()
    {
        var host = await HostProcess.RunAsync(HostProcess.Request(Strategy.Threads, 1, "noop", new TrialLoad { Tasks = 1 }));

        Assert.Null(host.Done!.Figures);
    }
}
