using System.Globalization;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Sandbox;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Sandbox;

/// <summary>Code that takes more of the machine than its share, or stays when it should be gone.</summary>
public sealed class TakingTooMuchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Task_ForksWithoutEnd_StopsAtTheLimitAndNobodyStays(int level)
    {
        // The number tells the children in the list of processes.
        var name = $"brigade-fork-{Environment.ProcessId}";
        var source = $$"""
            def attempt():
                children = 0
                try:
                    while children < 2000:
                        if os.fork() == 0:
                            os.execve('/bin/sh', ['{{name}}', '-c', 'sleep 1000 & wait'], {})
                        children += 1
                except OSError as error:
                    return '%d, then %s' % (children, type(error).__name__)
                return children
            """;

        var answer = await Exploits.AttemptAsync(source, new LimitsSpec { Processes = 64 }, Exploits.At(level));

        Assert.Matches(@"^RuntimeError: attempt: \d{1,2}, then BlockingIOError$", answer);
        Assert.DoesNotContain(CommandLines(), line => line.Contains(name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Task_TakesMemoryWithoutEnd_EndsBeforeTheMachineDoes(int level)
    {
        const string Source =
            """
            def attempt():
                taken = []
                while len(taken) < 96:
                    taken.append(bytearray(b'x') * (32 << 20))
                return 'took 3 GiB'
            """;

        var result = await Exploits.RunAsync(Source, new LimitsSpec { Memory = 256L << 20 }, Exploits.At(level));

        Assert.DoesNotContain("took", result.TaskErrors.FirstOrDefault()?.Message ?? "", StringComparison.Ordinal);
        Assert.True(result.Failure.Contains("MiB of memory, more than the 256 MiB of limits.memory", StringComparison.Ordinal) || result.TaskErrors[0].Message.StartsWith("MemoryError", StringComparison.Ordinal), result.Failure);
        Assert.InRange(result.PeakMemoryBytes, 0, 2L << 30);
    }

    /// <summary>One file, many, files without a name, and files in memory: together 2 GiB, if nobody minds.</summary>
    [Theory]
    [InlineData(1, "open('one', 'ab', 0)", "")]
    [InlineData(2, "open('one', 'ab', 0)", "")]
    [InlineData(1, "open('many%d' % piece, 'wb', 0)", "")]
    [InlineData(2, "open('many%d' % piece, 'wb', 0)", "")]
    [InlineData(1, "open('gone', 'wb', 0)", "os.unlink('gone')")]
    [InlineData(2, "open('gone', 'wb', 0)", "os.unlink('gone')")]
    [InlineData(1, "open('/dev/shm/brigade-test-%d-%d' % (os.getpid(), piece), 'wb', 0)", "")]
    [InlineData(2, "open('/dev/shm/brigade-test-%d-%d' % (os.getpid(), piece), 'wb', 0)", "")]
    [InlineData(1, "open(os.memfd_create('memory'), 'wb', 0)", "")]
    [InlineData(2, "open(os.memfd_create('memory'), 'wb', 0)", "")]
    public async Task Task_FillsTheDisk_EndsAtTheLimit(int level, string file, string then)
    {
        var source = $"""
            def attempt():
                kept = []
                for piece in range(256):
                    file = {file}
                    {(then.Length > 0 ? then : "pass")}
                    kept.append(file)
                    file.seek(0, 2)
                    file.write(b'x' * (8 << 20))
                    time.sleep(0.02)
                return 'wrote 2 GiB'
            """;

        var result = await Exploits.RunAsync(source, new LimitsSpec { Disk = 32 << 20 }, Exploits.At(level));

        var ending = result.Failure + result.TaskErrors.FirstOrDefault()?.Message;
        Assert.Matches(@"wrote \d+(\.\d)? MiB to files, more than the 32MiB of limits\.disk|File too large|No space left", ending);
        Assert.DoesNotContain(Directory.EnumerateFiles(DiskUsage.SharedMemory), path => path.Contains("brigade-test-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Task_PrintsWithoutEnd_EndsAtTheLimit(int level)
    {
        const string Source = "def attempt():\n    while True:\n        os.write(2, b'x' * 65536)\n";

        var result = await Exploits.RunAsync(Source, new LimitsSpec { Output = 4 << 20, TrialTimeout = TimeSpan.FromSeconds(30) }, Exploits.At(level));

        Assert.Equal((TrialStatus.Failed, true), (result.Status, result.Failure.StartsWith("printed more than 4MiB, the most that limits.output allows", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Task_WorksOverItsProcessorTime_IsEnded(int level)
    {
        var result = await Exploits.RunAsync("def attempt():\n    while True:\n        pass\n", new LimitsSpec { CpuTime = TimeSpan.FromSeconds(1), TrialTimeout = TimeSpan.FromMinutes(5) }, Exploits.At(level));

        Assert.Equal(TrialStatus.Failed, result.Status);
        Assert.Contains("ended by signal", result.Failure, StringComparison.Ordinal);
    }

    /// <summary>It leaves its parent, asks for a session and a group of its own, forgets its environment and closes all that it has of the trial.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Task_LeavesAProcessBehind_ItIsGoneWithTheTrial(int level)
    {
        var seconds = (200_000 + Environment.ProcessId).ToString(CultureInfo.InvariantCulture);
        var source = $$"""
            def attempt():
                if os.fork() == 0:
                    os.setsid()
                    if os.fork() == 0:
                        os.setpgid(0, 0)
                        os.closerange(0, 256)
                        os.chdir('/')
                        os.execve('/bin/sleep', ['sleep', '{{seconds}}'], {})
                    os._exit(0)
                os.wait()
                time.sleep(0.3)
                return [line for line in map(command, os.listdir('/proc')) if line.startswith('sleep\x00{{seconds}}')]
            def command(name):
                try:
                    return open('/proc/%s/cmdline' % name).read()
                except OSError:
                    return ''
            """;

        var answer = await Exploits.AttemptAsync(source, policy: Exploits.At(level));

        Assert.Contains(seconds, answer, StringComparison.Ordinal); // it was there
        Assert.DoesNotContain(CommandLines(), line => line.Contains($"sleep\0{seconds}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TrialGroup_InputEnds_TakesAllWithIt()
    {
        // As when the runner is killed: the kernel closes what it held.
        using var group = new TrialGroup();
        using var member = HostProcess.Start(new HostStart("/bin/sleep", ["1000"], new Dictionary<string, string>(StringComparer.Ordinal), "/", group.Id));

        await group.Holder.Input.DisposeAsync();

        Assert.Equal(128 + Linux.Sigkill, await member.Exited.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private static IEnumerable<string> CommandLines()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(process, "cmdline"));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            yield return line;
        }
    }
}
