using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Trials;

public sealed class AffinityTests
{
    [Theory]
    [InlineData(Strategy.Sequential)]
    [InlineData(Strategy.Processes)]
    public async Task ExecuteAsync_CpuSet_PinsTheTrialWithAllItStarts(Strategy strategy)
    {
        var processor = Affinity.Allowed()[^1];
        const string Source = "import os\ndef task(index):\n    return sum(1000 + cpu for cpu in os.sched_getaffinity(0))\n";
        var spec = Jobs.Spec(tasks: 10, source: Source) with
        {
            Matrix = new MatrixSpec { Runtime = ["python"], Strategy = [strategy], Workers = [1] },
            Limits = new LimitsSpec { CpuSet = CpuList.Format([processor]) },
        };
        var before = Affinity.Allowed();

        var result = await new TrialExecutor(new TrialHostCatalogue(await RuntimeFinder.FindAsync(TestContext.Current.CancellationToken)), TimeProvider.System)
            .ExecuteAsync(Jobs.Job(spec), _ => ValueTask.CompletedTask, TestContext.Current.CancellationToken);

        Assert.Equal((TrialStatus.Completed, ""), (result.Status, result.Failure));
        Assert.Equal((10 * (1000 + processor)).ToString("x16", System.Globalization.CultureInfo.InvariantCulture), result.Checksum);
        Assert.Equal(before, Affinity.Allowed());
    }

    [Fact]
    public void Within_ProcessorThatIsNotThere_SaysWhichItWas()
    {
        var exception = Assert.Throws<TrialException>(() => Affinity.Within([CpuList.Highest], () => 1));

        Assert.Contains("the processors 4095 of limits.cpuSet", exception.Message, StringComparison.Ordinal);
    }
}
