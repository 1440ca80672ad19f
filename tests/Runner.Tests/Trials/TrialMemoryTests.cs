using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Trials;

/// <summary>These run alone: they look at what the whole process allocates.</summary>
[CollectionDefinition(nameof(TrialMemoryTests), DisableParallelization = true)]
[Collection(nameof(TrialMemoryTests))]
public sealed class TrialMemoryTests
{
    private const int Bound = 64 << 20;

    [Fact]
    public async Task ExecuteAsync_HostThatPrints100Megabytes_CompletesInBoundedMemory()
    {
        var (result, allocated) = await ExecuteAsync(Jobs.Spec(), new FakeHosts("prints"));

        Assert.Equal(TrialStatus.Completed, result.Status);
        Assert.InRange(allocated, 0, Bound);
    }

    [Fact]
    public async Task ExecuteAsync_TasksInPythonThatPrint60Megabytes_CompletesInBoundedMemory()
    {
        // Less than a sandbox lets out, and as characters in memory far more than the bound.
        const string Source = "def task(index):\n    print('x' * 1_000_000)\n    return index\n";
        var spec = Jobs.Spec(tasks: 60, source: Source) with { Matrix = new MatrixSpec { Runtime = ["python"], Strategy = [Strategy.Threads], Workers = [2] } };
        var hosts = new TrialHostCatalogue(await RuntimeFinder.FindAsync(TestContext.Current.CancellationToken));

        var (result, allocated) = await ExecuteAsync(spec, hosts);

        Assert.Equal(("", TrialStatus.Completed), (result.Failure, result.Status));
        Assert.Equal((60L, 0L), (result.Tasks, result.Errors));
        Assert.InRange(allocated, 0, Bound);
    }

    private static async Task<(TrialResult Result, long Allocated)> ExecuteAsync(ExperimentSpec spec, ITrialHosts hosts)
    {
        var before = GC.GetTotalAllocatedBytes();
        var result = await new TrialExecutor(hosts, TimeProvider.System).ExecuteAsync(Jobs.Job(spec), _ => ValueTask.CompletedTask, TestContext.Current.CancellationToken);
        return (result, GC.GetTotalAllocatedBytes() - before);
    }
}
