using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet.Strategies;

public sealed class ProcessPerTaskTests
{
    private static Dictionary<string, ParameterValue> Sleep(double milliseconds) => new(StringComparer.Ordinal) { ["milliseconds"] = ParameterValue.Of(milliseconds) };

    [Fact]
    public async Task Run_EachTask_HasItsStartUpInItsLatency()
    {
        var host = await HostProcess.RunAsync(HostProcess.Request(Strategy.ProcessPerTask, 2, "noop", new TrialLoad { Tasks = 6 }));

        // No .NET process is up in less.
        Assert.All(host.Tasks, task => Assert.True(task.End - task.Start > 5_000_000));
        Assert.True(host.Done is { ChannelNs: > 0 });
    }

    [Fact]
    public async Task Run_ManyTasks_LeavesNoZombieAndNoDescriptor()
    {
        await using var host = new HostProcess();
        await host.SendAsync(HostProcess.Request(Strategy.ProcessPerTask, 2, "noop", new TrialLoad { Tasks = 60 }) with { PayloadBytes = 100_000 });
        await host.ReadToAsync(RecordType.Measuring);
        var before = Directory.GetFiles($"/proc/{host.Process.Id}/fd").Length;

        await host.ReadToEndAsync();

        Assert.Equal((60, 60), (host.Done!.Tasks, host.Tasks.Count));

        // One that each task left would make 60; what .NET itself opens the first time that it needs it is a handful.
        Assert.InRange(Directory.GetFiles($"/proc/{host.Process.Id}/fd").Length, 1, before + 30);
        Assert.Equal("", File.ReadAllText($"/proc/{host.Process.Id}/task/{host.Process.Id}/children"));
        Assert.All(host.Ready!.Workers, worker => Assert.Equal("", File.ReadAllText($"/proc/{host.Process.Id}/task/{worker.Tid}/children")));
    }

    [Fact]
    public async Task Run_ATaskCrashes_IsLostAndTheOthersRun()
    {
        var host = await HostProcess.RunAsync(HostProcess.Request(Strategy.ProcessPerTask, 2, "noop", new TrialLoad { Tasks = 12 }) with
        {
            Warmup = new TrialLoad { Tasks = 0 },
            Faults = [new TrialFault(FaultKind.Crash, 0, 2)],
        });

        var loss = Assert.Single(host.Losses);
        Assert.Equal((0, 1L), (loss.Worker, loss.Lost));
        Assert.Contains("signal 9 (SIGKILL", loss.Reason, StringComparison.Ordinal);
        Assert.Equal((11, 1), (host.Done!.Tasks, host.Done.Lost));
    }

    [Fact]
    public async Task CloseInput_InTheMiddleOfATask_LeavesNoProcess()
    {
        await using var host = new HostProcess();
        await host.SendAsync(HostProcess.Request(Strategy.ProcessPerTask, 1, "io.sleep", new TrialLoad { Tasks = 10 }, Sleep(600_000)) with { Warmup = new TrialLoad { Tasks = 0 } });
        await host.ReadToAsync(RecordType.Measuring);
        var thread = host.Ready!.Workers[0].Tid;
        string children;
        while ((children = await File.ReadAllTextAsync($"/proc/{host.Process.Id}/task/{thread}/children")).Length == 0)
        {
            await Task.Yield();
        }

        host.CloseInput();

        Assert.Equal(0, await host.WaitForExitAsync());
        await HostProcess.AssertGoneAsync([int.Parse(children.Trim(), System.Globalization.CultureInfo.InvariantCulture)]);
    }
}
