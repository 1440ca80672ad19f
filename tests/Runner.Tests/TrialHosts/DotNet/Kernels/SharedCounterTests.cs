using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet.Kernels;

public sealed class SharedCounterTests
{
    public static TheoryData<Strategy, string> SafeCells => new MatrixTheoryData<Strategy, string>(
        [Strategy.Threads, Strategy.Pool, Strategy.Processes], ["lock", "manager", "atomic", "local"]);

    [Theory]
    [MemberData(nameof(SafeCells))]
    public async Task Run_SharedSafely_LosesNothing(Strategy strategy, string mode)
    {
        var increments = mode is "manager" ? 20 : 2_000;
        var host = await HostProcess.RunAsync(HostProcess.Request(strategy, 2, "shared.counter", new TrialLoad { Tasks = 100 }, Params(mode, increments)));

        Assert.Equal(100 * increments, host.Done!.Figures!["expected"]);
        Assert.Equal(100 * increments, host.Done.Figures["counted"]);
        Assert.Equal(0, host.Done.Figures["lostUpdates"]);
        Assert.DoesNotContain(host.Done.Warnings!, warning => warning.StartsWith("The result is wrong", StringComparison.Ordinal));
        Assert.Equal($"{100 * increments:x16}", host.Done.Checksum);
    }

    [Theory]
    [InlineData(Strategy.Threads)]
    [InlineData(Strategy.Processes)]
    public async Task Run_WithoutLock_CountsLostUpdatesAndSaysSo(Strategy strategy)
    {
        var host = await HostProcess.RunAsync(HostProcess.Request(strategy, 2, "shared.counter", new TrialLoad { DurationMs = 500 }, Params("none", 100_000)));

        var figures = host.Done!.Figures!;
        Assert.Equal(host.Done.Tasks * 100_000, figures["expected"]);
        Assert.InRange(figures["counted"], 1, figures["expected"] - 1);
        Assert.Equal(figures["expected"] - figures["counted"], figures["lostUpdates"]);
        Assert.Contains(host.Done.Warnings!, warning => warning.StartsWith("The result is wrong: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_AnUnknownMode_FailsWithTheChoices()
    {
        var host = await HostProcess.RunAsync(HostProcess.Request(Strategy.Threads, 1, "shared.counter", new TrialLoad { Tasks = 1 }, Params("locked", 1)));

        Assert.Equal("shared.counter: the parameter `mode` is `locked`; it has to be one of lock, none, manager, atomic, local.", host.Failed!.Message);
    }

    private static Dictionary<string, ParameterValue> Params(string mode, int increments) =>
        new(StringComparer.Ordinal) { ["mode"] = ParameterValue.Of(mode), ["increments"] = ParameterValue.Of(increments) };
}
