using System.Globalization;
using Brigade.Contracts.Spec;
using Brigade.Runner.Code.CSharp;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet;
using Brigade.Runner.TrialHosts.DotNet.Kernels;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet;

/// <summary>Worker processes that are lost and replaced.</summary>
public sealed class WorkerLossTests
{
    private static readonly Dictionary<string, ParameterValue> Points = new(StringComparer.Ordinal) { ["points"] = ParameterValue.Of(50), ["seed"] = ParameterValue.Of(7) };

    public static TheoryData<Channel> Channels => [Channel.Pipe, Channel.Queue, Channel.Manager, Channel.SharedMemory];

    private static TrialRequest Sleeping(Channel channel, long tasks, params TrialFault[] faults) =>
        HostProcess.Request(Strategy.Processes, 2, "io.sleep", new TrialLoad { Tasks = tasks }, new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["milliseconds"] = ParameterValue.Of(3) }) with
        {
            Channel = channel,
            Faults = faults,
        };

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task Run_AWorkerCrashes_IsReplacedAndTheTrialGoesOn(Channel channel)
    {
        var host = await HostProcess.RunAsync(Sleeping(channel, 80, new TrialFault(FaultKind.Crash, 1, 5)));

        var loss = Assert.Single(host.Losses);
        Assert.Equal((1, 1L), (loss.Worker, loss.Lost));
        Assert.Contains("signal 9 (SIGKILL", loss.Reason, StringComparison.Ordinal);
        Assert.NotEqual(host.Ready!.Workers[1].Pid, loss.Pid);
        Assert.InRange(loss.EndedAt, host.Measuring!.At, loss.At);
        Assert.Equal((79, 1, 79), (host.Done!.Tasks, host.Done.Lost, host.Tasks.Count));

        // The replacement worked, and what the lost one had done was told before.
        Assert.Contains(host.Tasks, task => task.Worker == 1 && task.Start >= loss.EndedAt);
        Assert.Equal(4, host.Tasks.Take(host.TasksBeforeLoss[0]).Count(task => task.Worker == 1));
        Assert.Empty(host.Done.Warnings ?? []);
    }

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task Run_ShortTasksAndCrashes_LoseWholeBatchesAndRunNoneTwice(Channel channel)
    {
        const int Tasks = 30_000;
        var host = await HostProcess.RunAsync(HostProcess.Request(Strategy.Processes, 2, "cpu.pi", new TrialLoad { Tasks = Tasks }, Points) with
        {
            Channel = channel,
            PayloadBytes = 100,
            Faults = [new TrialFault(FaultKind.Crash, 0, 10), new TrialFault(FaultKind.Crash, 1, 20), new TrialFault(FaultKind.Crash, 1, 200)],
        });

        Assert.InRange(host.Losses.Count, 1, 3); // the tasks may all be done before a worker is there again
        Assert.All(host.Losses, loss => Assert.InRange(loss.Lost, 1, Batches.LargestBatch));
        Assert.Equal(host.Losses.Sum(loss => loss.Lost), host.Done!.Lost);
        Assert.Equal((Tasks, host.Tasks.Count), (host.Done.Tasks + host.Done.Lost, (int)host.Done.Tasks));

        // Each index has its own result: what is missing from the sum has to be the results of as many different tasks as were lost.
        var kernel = new CpuPi(new KernelSettings("cpu.pi", Points, "", 0));
        var sum = Enumerable.Range(0, Tasks).Aggregate(0UL, (sum, index) => sum + kernel.Run(index));
        var missing = sum - ulong.Parse(host.Done.Checksum, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Assert.InRange(missing, 0UL, (ulong)host.Done.Lost * 50);
    }

    [Fact]
    public async Task Run_AWorkerIsKilledFromOutside_IsReplaced()
    {
        await using var host = new HostProcess();
        await host.SendAsync(Sleeping(Channel.Pipe, 2_000));
        await host.ReadToAsync(RecordType.Tasks);

        Assert.Equal(0, Linux.Kill(host.Ready!.Workers[0].Pid, Linux.Sigkill));
        await host.ReadToEndAsync();

        var loss = Assert.Single(host.Losses);
        Assert.Equal(0, loss.Worker);
        Assert.Equal(2_000, host.Done!.Tasks + host.Done.Lost);
    }

    [Fact]
    public async Task Run_AWorkerTookAMessageAlong_FailsInsteadOfWaiting()
    {
        // The task takes the next message from the queue, of which nobody is told, and ends its process.
        const string Source = """
            using System.Runtime.InteropServices;
            [DllImport("libc")] static extern nint recv(int descriptor, byte[] buffer, nint length, int flags);
            [DllImport("libc")] static extern int kill(int process, int signal);
            static int Task(long index)
            {
                if (index == 10)
                {
                    while (recv(3, new byte[4096], 4096, 0) <= 0) { }
                    kill(Environment.ProcessId, 9);
                }
                Thread.Sleep(3);
                return 1;
            }
            """;
        var assembly = Convert.ToBase64String(CSharpCompiler.Compile("Task.cs", Source).Assembly!);

        var host = await HostProcess.RunAsync(HostProcess.Request(Strategy.Processes, 2, "noop", new TrialLoad { Tasks = 100 }) with
        {
            Channel = Channel.Queue,
            Workload = new TrialWorkload { Code = new TrialCode("csharp", "Task.cs", Source, null, assembly) },
            Warmup = new TrialLoad { Tasks = 0 },
        });

        Assert.Equal("1 message with tasks cannot be accounted for: a worker process ended while it took them from the queue", host.Failed!.Message);
        Assert.Single(host.Losses);
    }

    [Fact]
    public async Task Run_AWorkerWithoutTasksIsKilled_IsReplacedToo()
    {
        // One long task: at least one of the two that are killed has nothing to do.
        await using var host = new HostProcess();
        await host.SendAsync(HostProcess.Request(Strategy.Processes, 3, "io.sleep", new TrialLoad { Tasks = 1 }, new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["milliseconds"] = ParameterValue.Of(3_000) }) with { Warmup = new TrialLoad { Tasks = 0 } });
        await host.ReadToAsync(RecordType.Measuring);

        Linux.Kill(host.Ready!.Workers[1].Pid, Linux.Sigkill);
        Linux.Kill(host.Ready.Workers[2].Pid, Linux.Sigkill);
        await host.ReadToEndAsync();

        Assert.Equal([1, 2], host.Losses.Select(loss => loss.Worker).Order());
        Assert.Equal(1, host.Done!.Tasks + host.Done.Lost);
    }
}
