using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Trials;

/// <summary>Trials of the real .NET host, as the runner sees them.</summary>
public sealed class DotNetTrialTests
{
    [Theory]
    [InlineData(Strategy.Async)]
    [InlineData(Strategy.Pool)]
    public async Task ExecuteAsync_WorkersWithoutAThreadOfTheirOwnThatCompute_AreShownRunning(Strategy strategy)
    {
        var spec = Jobs.Spec(duration: TimeSpan.FromSeconds(1)) with
        {
            Workload = new WorkloadSpec { Kernel = "cpu.primes" },
            Matrix = new MatrixSpec { Runtime = ["dotnet"], Strategy = [strategy], Workers = [2] },
        };
        var frames = new List<Frame>();

        var result = await new TrialExecutor(new TrialHostCatalogue([new RuntimeInfo("dotnet", "dotnet", "10", "", Gil: null, IsDefault: true)]), TimeProvider.System).ExecuteAsync(
            Jobs.Job(spec),
            runEvent =>
            {
                frames.AddRange(runEvent is FrameRecorded { Frame: var frame } ? [frame] : []);
                return ValueTask.CompletedTask;
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(("", TrialStatus.Completed), (result.Failure, result.Status));
        Assert.InRange(frames.Count(frame => frame.Workers.Any(worker => worker.State == WorkerState.Running)), frames.Count / 2, frames.Count);
        Assert.True(frames.Count > 4);
    }
}
