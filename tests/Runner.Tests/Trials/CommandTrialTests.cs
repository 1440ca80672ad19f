using System.Globalization;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Tests.Fakes;
using Xunit;

namespace Brigade.Runner.Tests.Trials;

/// <summary>The workload <c>command</c> in both runtimes with real programs.</summary>
public sealed class CommandTrialTests
{
    public static TheoryData<string, Strategy> Cells => new()
    {
        { "dotnet", Strategy.Threads }, { "dotnet", Strategy.Async }, { "dotnet", Strategy.Processes },
        { "python", Strategy.Threads }, { "python", Strategy.Async }, { "python", Strategy.Processes },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task ExecuteAsync_ProgramWithInput_CountsItsOutput(string runtime, Strategy strategy)
    {
        var result = await RunAsync(runtime, strategy, ["sh", "-c", "cat; echo \"$0 $HOME_OF_NOTHING\"; echo noise >&2", "{word}{index}"], stdin: "{word}\n", word: "abc");

        Assert.Equal(("", 6L, 0L), (result.Failure, result.Tasks, result.Errors));
        Assert.Equal((6 * ("abc\n".Length + "abc0 \n".Length)).ToString("x16", CultureInfo.InvariantCulture), result.Checksum);
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task ExecuteAsync_ProgramThatFails_IsAnErrorWithItsLastLine(string runtime, Strategy strategy)
    {
        var result = await RunAsync(runtime, strategy, ["sh", "-c", "echo first >&2; echo 'no such thing' >&2; exit 3"]);

        Assert.Equal((6L, 6L), (result.Tasks, result.Errors));
        Assert.EndsWith("sh ended with exit code 3: no such thing", result.TaskErrors[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dotnet", Strategy.Async)]
    [InlineData("dotnet", Strategy.Sequential)]
    [InlineData("python", Strategy.Async)]
    [InlineData("python", Strategy.Sequential)]
    public async Task ExecuteAsync_MuchOutputAndInputThatNobodyReads_EndsInBoundedMemory(string runtime, Strategy strategy)
    {
        const int Bytes = 40_000_000;
        var result = await RunAsync(runtime, strategy, ["sh", "-c", $"head -c {Bytes} /dev/zero; head -c {Bytes} /dev/zero >&2"], stdin: new string('x', 200_000), tasks: 1);

        Assert.Equal(("", 0L), (result.Failure, result.Errors));
        Assert.Equal(Bytes.ToString("x16", CultureInfo.InvariantCulture), result.Checksum);
        Assert.InRange(result.PeakMemoryBytes, 1, 250 << 20);
    }

    [Theory]
    [InlineData("dotnet")]
    [InlineData("python")]
    public async Task ExecuteAsync_KilledProgram_NamesTheSignal(string runtime)
    {
        var result = await RunAsync(runtime, Strategy.Sequential, ["sh", "-c", "kill -9 $$"], tasks: 1);

        Assert.Contains("sh was ended by signal 9", result.TaskErrors[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dotnet", "no-such-program", "the program 'no-such-program' was not found on the search path of the runner; install it, or give its path")]
    [InlineData("python", "no-such-program", "the program 'no-such-program' was not found on the search path of the runner; install it, or give its path")]
    [InlineData("dotnet", "/no/such/program", "the program '/no/such/program' does not exist (looked for at /no/such/program)")]
    [InlineData("python", "/etc/passwd", "the program '/etc/passwd' may not be executed; change its permissions")]
    public async Task ExecuteAsync_ProgramThatDoesNotExist_FailsTheTrial(string runtime, string program, string message)
    {
        var result = await RunAsync(runtime, Strategy.Threads, [program]);

        Assert.Equal((TrialStatus.Failed, message), (result.Status, result.Failure));
    }

    [Theory]
    [InlineData("dotnet")]
    [InlineData("python")]
    public async Task ExecuteAsync_TimeOut_LeavesNoProgramBehind(string runtime)
    {
        // The number is not used by anybody else, and tells the program in the list of processes.
        var seconds = (100_000 + Environment.ProcessId).ToString(CultureInfo.InvariantCulture);

        var result = await RunAsync(runtime, Strategy.Threads, ["sh", "-c", $"setsid sleep {seconds} & exec sleep {seconds}"], timeout: TimeSpan.FromSeconds(2));

        Assert.Equal(TrialStatus.TimedOut, result.Status);
        Assert.DoesNotContain(CommandLines(), line => line.Contains($"sleep\0{seconds}", StringComparison.Ordinal));
    }

    private static Task<TrialResult> RunAsync(string runtime, Strategy strategy, string[] argv, string? stdin = null, string? word = null, int tasks = 6, TimeSpan? timeout = null) => RealHosts.RunAsync(
        new WorkloadSpec
        {
            Command = new CommandSpec { Argv = argv, Stdin = stdin },
            Params = word is null ? new WorkloadSpec().Params : new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["word"] = ParameterValue.Of(word) },
        },
        runtime, strategy, tasks, timeout);

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
