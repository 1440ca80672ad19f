using System.Diagnostics;
using Brigade.Runner.Protocol;
using Brigade.Runner.Recording;
using Xunit;

namespace Brigade.Runner.Tests.Recording;

public sealed class ProcessSamplerTests
{
    [Fact]
    public void Sample_ThisProcess_GrowsWithItsWork()
    {
        using var sampler = new ProcessSampler(Environment.ProcessId);
        var before = sampler.Sample();
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMilliseconds(60))
        {
            // Uses the processor.
        }

        var after = sampler.Sample();

        Assert.InRange(after.CpuUserMs + after.CpuSystemMs - before.CpuUserMs - before.CpuSystemMs, 10, 60_000);
        Assert.InRange(after.MemoryBytes, 1 << 20, 1L << 40);
        Assert.True(after.At > before.At);
    }

    [Fact]
    public void Sample_ProcessWithAChild_CountsBothAndSeesTheWorker()
    {
        using var parent = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "sleep 600 & wait"]) { UseShellExecute = false })!;
        try
        {
            using var sampler = new ProcessSampler(parent.Id);
            var children = SpinUntilChild(parent.Id);
            sampler.Watch([new WorkerIdentity(0, children, children), new WorkerIdentity(1, parent.Id, 0)]);

            var sample = sampler.Sample();
            SpinWait.SpinUntil(() => (sample = sampler.Sample()).Workers[0].State == 'S', TimeSpan.FromSeconds(10)); // it has to fall asleep first

            Assert.Equal('S', sample.Workers[0].State);
            Assert.NotNull(sample.Workers[0].CpuNs);
            Assert.Null(sample.Workers[1].CpuNs);
            Assert.InRange(sample.SwitchesVoluntary, 1, long.MaxValue);
        }
        finally
        {
            parent.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task Sample_ProcessThatEnded_KeepsItsCounters()
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sleep", ["600"]) { UseShellExecute = false })!;
        using var sampler = new ProcessSampler(process.Id);
        sampler.Watch([new WorkerIdentity(0, process.Id, process.Id)]);
        var before = sampler.Sample();
        process.Kill();
        await process.WaitForExitAsync();

        var after = sampler.Sample();

        Assert.True(after.Workers[0].IsGone);
        Assert.Equal(0, after.MemoryBytes);
        Assert.True(after.SwitchesVoluntary >= before.SwitchesVoluntary);
    }

    [Fact]
    public async Task Sample_ChildThatEndedAndWasWaitedFor_CountsOnce()
    {
        const string Script = "(i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done) & wait; echo; read line";
        using var parent = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        using var sampler = new ProcessSampler(parent.Id);
        SpinUntilChild(parent.Id);
        var waited = parent.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
        while (!waited.IsCompleted)
        {
            sampler.Sample();
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        var sample = sampler.Sample();

        using var file = ProcFile.Open($"/proc/{parent.Id}/stat")!;
        var stat = ProcText.Stat(file.Read(new byte[1024]))!.Value;
        var own = (stat.User + stat.System + stat.ChildrenUser + stat.ChildrenSystem) * ProcText.TickMs;
        Assert.InRange(own, 50, 60_000); // it did work
        Assert.InRange(sample.CpuUserMs + sample.CpuSystemMs, own - 20, own + 20);
        parent.StandardInput.Close();
        await parent.WaitForExitAsync(TestContext.Current.CancellationToken);
        var end = sampler.Sample();
        Assert.InRange(end.CpuUserMs + end.CpuSystemMs, own - 20, own + 20); // nobody that is watched has it now
    }

    [Fact]
    public async Task Sample_ForkedProcesses_CountsWhatTheyShareOnce()
    {
        const int Size = 64 << 20, Children = 3;
        var script = $"import os, sys, time\nhoard = bytearray(b'x') * {Size}\nfor _ in range({Children}):\n  if os.fork() == 0: time.sleep(600)\nprint(flush=True)\nsys.stdin.read()";
        using var parent = Process.Start(new ProcessStartInfo("python3", ["-S", "-E", "-c", script]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            await parent.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            using var sampler = new ProcessSampler(parent.Id);

            Assert.InRange(sampler.Sample().MemoryBytes, Size, 2 * Size);
            Assert.InRange(sampler.Sample().MemoryBytes, Size, 2 * Size); // and where it is not looked up again
        }
        finally
        {
            parent.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task Replace_WorkerThatEnded_FollowsTheNewOneAndGoesOnCounting()
    {
        using var first = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "while :; do :; done"]) { UseShellExecute = false })!;
        using var second = Process.Start(new ProcessStartInfo("/bin/sleep", ["600"]) { UseShellExecute = false })!;
        try
        {
            using var sampler = new ProcessSampler(Environment.ProcessId);
            sampler.Watch([new WorkerIdentity(0, first.Id, first.Id)]);
            SpinWait.SpinUntil(() => sampler.Sample().Workers[0].CpuNs > 20_000_000, TimeSpan.FromSeconds(30));
            first.Kill();
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
            var gone = sampler.Sample().Workers[0];

            sampler.Replace(new WorkerIdentity(0, second.Id, second.Id));
            var now = sampler.Sample().Workers[0];

            Assert.True(gone.IsGone);
            Assert.False(now.IsGone);
            Assert.InRange(gone.CpuNs!.Value, 20_000_000, now.CpuNs!.Value);
        }
        finally
        {
            second.Kill();
        }
    }

    private static int SpinUntilChild(int parent)
    {
        var found = 0;
        SpinWait.SpinUntil(() => (found = Brigade.Runner.Trials.ProcessTree.WithDescendants(parent).Skip(1).FirstOrDefault()) != 0, TimeSpan.FromSeconds(10));
        return found;
    }
}
