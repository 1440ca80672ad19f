using Brigade.Contracts.Spec;
using Brigade.Web.Features.Kitchen;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Kitchen;

public sealed class KitchenSceneTests
{
    [Theory]
    [InlineData(Strategy.Threads, "python", "cpu.primes", 1, true)]
    [InlineData(Strategy.Pool, "python3.11", "cpu.primes", 1, true)]
    [InlineData(Strategy.Threads, "python", "cpu.sha256", 2, false)]
    [InlineData(Strategy.Threads, "dotnet", "cpu.primes", 2, false)]
    [InlineData(Strategy.Processes, "python", "cpu.primes", 2, false)]
    public void Of_Strategy_HasOneStoveOnlyWhereTheGilMakesIt(Strategy strategy, string runtime, string kernel, int stoves, bool gil)
    {
        var scene = Kitchens.Scene(strategy, kernel: kernel, runtime: runtime);

        Assert.Equal((stoves, gil, gil), (scene.Stoves, scene.OneStove, scene.HasGil));
    }

    [Theory]
    [InlineData(Strategy.Sequential, "room")]
    [InlineData(Strategy.Threads, "room")]
    [InlineData(Strategy.Async, "loop")]
    [InlineData(Strategy.Processes, "rooms")]
    [InlineData(Strategy.ProcessPerTask, "per-task")]
    public void Of_Strategy_HasItsLayout(Strategy strategy, string layout) => Assert.Equal(layout, Kitchens.Scene(strategy).Layout);

    [Theory]
    [InlineData("io.sleep", TaskWait.Answer)]
    [InlineData("io.tcp", TaskWait.Answer)]
    [InlineData("mixed", TaskWait.Answer)]
    [InlineData("shared.counter", TaskWait.Lock)]
    [InlineData("cpu.primes", TaskWait.Unknown)]
    public void Of_Kernel_SaysWhatItsTasksWaitFor(string kernel, TaskWait waits) => Assert.Equal(waits, Kitchens.Scene(Strategy.Threads, kernel: kernel).Waits);

    [Fact]
    public void Of_PinnedTrial_HasNoMoreStovesThanProcessors()
    {
        var spec = Given.Spec() with { Limits = new LimitsSpec { CpuSet = "1" } };

        Assert.Equal(1, KitchenScene.Of(Kitchens.Cell(Strategy.Processes), spec, Given.Machine).Stoves);
    }

    [Fact]
    public void Lanes_Threads_AreCountedFromOne() => Assert.Equal(["thread 1", "thread 2"], Kitchens.Scene(Strategy.Threads, workers: 2).Lanes());
}
