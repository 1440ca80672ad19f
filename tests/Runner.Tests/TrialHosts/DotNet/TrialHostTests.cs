using System.Globalization;
using System.Text;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Kernels;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet;

public sealed class TrialHostTests
{
    public static TheoryData<Strategy> Strategies => [Strategy.Sequential, Strategy.Threads, Strategy.Async, Strategy.Pool, Strategy.Processes, Strategy.ProcessPerTask];

    private static Dictionary<string, ParameterValue> Params(params (string Name, ParameterValue Value)[] values) =>
        values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);

    private static int WorkersOf(Strategy strategy, int workers) => strategy == Strategy.Sequential ? 1 : workers;

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Run_NumberOfTasks_RunsEachIndexOnce(Strategy strategy)
    {
        var tasks = strategy == Strategy.ProcessPerTask ? 30 : 2_500;
        var host = await HostProcess.RunAsync(HostProcess.Request(
            strategy, 2, "cpu.pi", new TrialLoad { Tasks = tasks }, Params(("points", ParameterValue.Of(50)), ("seed", ParameterValue.Of(7)))));

        // The result of this kernel depends on the index: the sum tells whether each came once.
        var kernel = new CpuPi(new KernelSettings("cpu.pi", Params(("points", ParameterValue.Of(50)), ("seed", ParameterValue.Of(7))), "", 0));
        var sum = Enumerable.Range(0, tasks).Aggregate(0UL, (sum, index) => sum + kernel.Run(index));
        Assert.Equal((tasks, 0, 0), (host.Done!.Tasks, host.Done.Errors, host.Done.Lost));
        Assert.Equal(sum.ToString("x16", CultureInfo.InvariantCulture), host.Done.Checksum);
        Assert.Equal(tasks, host.Tasks.Count);
        Assert.All(host.Tasks, task =>
        {
            Assert.InRange(task.Worker, 0, WorkersOf(strategy, 2) - 1);
            Assert.Equal((0, 0L), (task.Outcome, task.Intended));
            Assert.InRange(task.Start, host.Measuring!.At, task.End);
            Assert.InRange(task.End, task.Start, host.Done.At);
        });
        Assert.Null(host.Failed);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Run_Duration_StartsNoTaskAfterIt(Strategy strategy)
    {
        var host = await HostProcess.RunAsync(HostProcess.Request(
            strategy, 3, "io.sleep", new TrialLoad { DurationMs = 120 }, Params(("milliseconds", ParameterValue.Of(7)))));

        Assert.True(host.Done!.Tasks > 0);
        Assert.Equal(host.Done.Tasks, host.Tasks.Count);
        Assert.All(host.Tasks, task => Assert.InRange(task.Start - host.Measuring!.At, 0, 120_000_000));
        Assert.True(host.Tasks.Max(task => task.End) - host.Measuring!.At >= 100_000_000);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Run_TasksThatOnlyWait_OverlapsThemButForSequential(Strategy strategy)
    {
        const int Workers = 6;
        var host = await HostProcess.RunAsync(HostProcess.Request(
            strategy, Workers, "io.sleep", new TrialLoad { Tasks = Workers }, Params(("milliseconds", ParameterValue.Of(300)))));

        var most = host.Tasks.Max(task => host.Tasks.Count(other => other.Start <= task.Start && task.Start < other.End));
        Assert.Equal(WorkersOf(strategy, Workers), most);
        Assert.All(host.Tasks, task => Assert.True(task.End - task.Start >= 300_000_000, "a task must not wait less than it was told"));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Run_AnyStrategy_NamesItsWorkers(Strategy strategy)
    {
        var host = await HostProcess.RunAsync(HostProcess.Request(strategy, 2, "noop", new TrialLoad { Tasks = 1 }));

        var workers = host.Ready!.Workers;
        Assert.Equal(Enumerable.Range(0, WorkersOf(strategy, 2)), workers.Select(worker => worker.Worker));
        Assert.Equal(strategy == Strategy.Processes ? 2 : 1, workers.Select(worker => worker.Pid).Distinct().Count());
        if (strategy is Strategy.Async or Strategy.Pool)
        {
            Assert.All(workers, worker => Assert.Equal(0, worker.Tid));
        }
        else
        {
            Assert.Equal(workers.Count, workers.Where(worker => worker.Tid > 0).Select(worker => worker.Tid).Distinct().Count());
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Run_TasksThatFail_CountsThemAndGoesOn(Strategy strategy)
    {
        // Nothing listens on this port of the loopback: the connection is refused.
        var host = await HostProcess.RunAsync(HostProcess.Request(
            strategy, 2, "io.http", new TrialLoad { Tasks = 20 }, Params(("url", ParameterValue.Of("http://127.0.0.1:1/")))));

        Assert.Equal((20, 20, "0000000000000000"), (host.Done!.Tasks, host.Done.Errors, host.Done.Checksum));
        Assert.Equal(20, host.Tasks.Count(task => task.IsError));
        Assert.Equal(ErrorPayload.MaximumCount, host.Errors.Count);
        Assert.All(host.Errors, error =>
        {
            Assert.Contains("refused", error.Message, StringComparison.Ordinal);
            Assert.Contains("   at ", error.Traceback, StringComparison.Ordinal);
            Assert.InRange(error.Index, 0, 19);
        });
        Assert.InRange(host.LongestError, 1, ErrorPayload.MaximumBytes);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task CloseInput_InTheMiddleOfTasks_LeavesNoProcess(Strategy strategy)
    {
        await using var host = new HostProcess();
        await host.SendAsync(HostProcess.Request(strategy, 2, "io.sleep", new TrialLoad { Tasks = 1000 }, Params(("milliseconds", ParameterValue.Of(600_000)))) with { Warmup = new TrialLoad { Tasks = 0 } });
        await host.ReadToAsync(RecordType.Measuring);

        host.CloseInput();

        Assert.Equal(0, await host.WaitForExitAsync());
        await HostProcess.AssertGoneAsync(host.Ready!.Workers.Select(worker => worker.Pid));
    }

    [Fact]
    public async Task Kill_TheHost_EndsItsWorkerProcesses()
    {
        await using var host = new HostProcess();
        await host.SendAsync(HostProcess.Request(Strategy.Processes, 2, "io.sleep", new TrialLoad { Tasks = 1000 }, Params(("milliseconds", ParameterValue.Of(600_000)))) with { Warmup = new TrialLoad { Tasks = 0 } });
        await host.ReadToAsync(RecordType.Measuring);

        host.Process.Kill();

        await HostProcess.AssertGoneAsync(host.Ready!.Workers.Select(worker => worker.Pid));
    }

    [Fact]
    public async Task Run_WarmupOfNone_StillRunsEachTask()
    {
        var host = await HostProcess.RunAsync(HostProcess.Request(Strategy.Threads, 2, "noop", new TrialLoad { Tasks = 10 }) with { Warmup = new TrialLoad { Tasks = 0 } });

        Assert.Equal(10, host.Tasks.Count);
    }

    [Fact]
    public async Task Run_NoTasks_IsDone()
    {
        var host = await HostProcess.RunAsync(HostProcess.Request(Strategy.Processes, 2, "noop", new TrialLoad { Tasks = 0 }));

        Assert.Equal((0L, 0), (host.Done!.Tasks, host.Tasks.Count));
    }

    [Fact]
    public async Task Run_AMillionTasks_LosesNone()
    {
        var host = await HostProcess.RunAsync(HostProcess.Request(Strategy.Threads, 2, "noop", new TrialLoad { Tasks = 1_000_000 }));

        Assert.Equal((1_000_000L, 1_000_000), (host.Done!.Tasks, host.Tasks.Count));
    }

    [Theory]
    [InlineData("cpu.fibonacci", "no kernel `cpu.fibonacci`")]
    [InlineData("cpu.primes", "`limit` is missing")]
    [InlineData("io.http", "`url` is missing")]
    public async Task Run_AWrongKernel_FailsWithAMessage(string kernel, string expected)
    {
        foreach (var strategy in new[] { Strategy.Threads, Strategy.Async, Strategy.Pool, Strategy.Processes })
        {
            var host = await HostProcess.RunAsync(HostProcess.Request(strategy, 2, kernel, new TrialLoad { Tasks = 1 }));

            Assert.Contains(expected, host.Failed!.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{ nonsense\n", "does not parse")]
    [InlineData("{ \"protocol\": 1 ", "input ended")]
    public async Task Run_ABrokenRequest_FailsWithAMessage(string line, string expected)
    {
        await using var host = new HostProcess();
        await host.SendAsync(Encoding.UTF8.GetBytes(line));
        host.CloseInput();

        await host.ReadToEndAsync();

        Assert.Contains(expected, host.Failed!.Message, StringComparison.Ordinal);
    }
}
