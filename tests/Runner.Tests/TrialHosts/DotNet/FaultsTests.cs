using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet;

/// <summary>What goes wrong on purpose, in the real host.</summary>
public sealed class FaultsTests
{
    public static TheoryData<Strategy> InProcess => [Strategy.Sequential, Strategy.Threads, Strategy.Async, Strategy.Pool];

    public static TheoryData<Strategy> Strategies => [Strategy.Sequential, Strategy.Threads, Strategy.Async, Strategy.Pool, Strategy.Processes, Strategy.ProcessPerTask];

    private static int VictimOf(Strategy strategy) => strategy == Strategy.Sequential ? 0 : 1;

    private static TrialRequest Request(Strategy strategy, FaultKind kind, long atTask, long tasks = 60) =>
        HostProcess.Request(strategy, strategy == Strategy.Sequential ? 1 : 2, "io.sleep", new TrialLoad { Tasks = tasks }, new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["milliseconds"] = ParameterValue.Of(1) }) with
        {
            Warmup = new TrialLoad { Tasks = 5 },
            Faults = [new TrialFault(kind, VictimOf(strategy), atTask)],
        };

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Run_Exception_IsAnErrorOfOneTask(Strategy strategy)
    {
        var host = await HostProcess.RunAsync(Request(strategy, FaultKind.Exception, 5));

        Assert.Equal((60, 1, 0), (host.Done!.Tasks, host.Done.Errors, host.Done.Lost));
        var error = Assert.Single(host.Errors);
        Assert.Equal(VictimOf(strategy), error.Worker);
        Assert.Contains("injected fault", error.Message, StringComparison.Ordinal);
        var own = host.Tasks.Where(task => task.Worker == VictimOf(strategy)).OrderBy(task => task.Start).ToArray();
        Assert.Equal(4, Array.FindIndex(own, task => task.IsError));
    }

    [Theory]
    [MemberData(nameof(InProcess))]
    public async Task Run_CrashOfAThread_TakesTheWholeHost(Strategy strategy)
    {
        await using var host = new HostProcess();
        await host.SendAsync(Request(strategy, FaultKind.Crash, 400, tasks: 100_000));

        await host.ReadToEndAsync();

        Assert.Equal(128 + Linux.Sigkill, await host.WaitForExitAsync());
        Assert.Null(host.Done);
        Assert.NotEmpty(host.Tasks); // what was measured until then has come
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Run_Hang_KeepsTheTrialFromItsEndAndTheOthersGoOn(Strategy strategy)
    {
        await using var host = new HostProcess();
        await host.SendAsync(Request(strategy, FaultKind.Hang, 3, tasks: 100_000));
        await host.ReadToAsync(RecordType.Tasks);
        while (strategy is not (Strategy.Sequential or Strategy.ProcessPerTask) && host.Tasks.Count(task => task.Worker == 0) < 100)
        {
            await host.ReadToAsync(RecordType.Tasks);
        }

        Assert.InRange(host.Tasks.Count(task => task.Worker == VictimOf(strategy)), 0, 2);
        Assert.Null(host.Done);
        host.CloseInput();
        Assert.Equal(0, await host.WaitForExitAsync());
    }

    [Fact]
    public async Task Run_ATaskThatNeverComes_IsSaid()
    {
        var host = await HostProcess.RunAsync(Request(Strategy.Processes, FaultKind.Crash, 5000));

        var warning = Assert.Single(host.Done!.Warnings!);
        Assert.Contains("the fault crash at task 5000 of worker 1 did not happen: the worker started ", warning, StringComparison.Ordinal);
    }
}
