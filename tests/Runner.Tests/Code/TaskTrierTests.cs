using Brigade.Contracts.Messages;
using Brigade.Contracts.Spec;
using Brigade.Runner.Code;
using Brigade.Runner.Runs;
using Brigade.Runner.Runtimes;
using Xunit;

namespace Brigade.Runner.Tests.Code;

/// <summary>One task in the real hosts.</summary>
public sealed class TaskTrierTests
{
    [Theory]
    [InlineData("python", "def task(index):\n    print('hello', index)\n    return 'a' * 3\n", Strategy.Threads, "aaa")]
    [InlineData("python", "async def task_async(index):\n    print('hello', index)\n    return [1, 2.5, None]\n", Strategy.Async, "[1, 2.5, None]")]
    [InlineData("csharp", "static string Task(long index) { Console.WriteLine($\"hello {index}\"); return \"aaa\"; }", Strategy.Processes, "aaa")]
    [InlineData("csharp", "static async Task<double> TaskAsync(long index) { await Task.Yield(); Console.WriteLine($\"hello {index}\"); return 2; }", Strategy.Async, "2.0")]
    public async Task TryAsync_Code_TellsResultTimeAndOutput(string language, string source, Strategy strategy, string result)
    {
        var reply = await TryAsync(Spec(language, source, strategy));

        Assert.Equal(("", result, "hello 0\n"), (reply.Error, reply.Result, reply.Output));
        Assert.True(reply.Milliseconds > 0 && reply.StartupMs > 0);
        Assert.Empty(reply.Warnings);
    }

    [Theory]
    [InlineData("python", "def task(index):\n    print('so far')\n    raise ValueError('no good')\n", "ValueError: no good", "line 3")]
    [InlineData("csharp", "static int Task(long index)\n{\n    Console.WriteLine(\"so far\");\n    throw new InvalidOperationException(\"no good\");\n}", "InvalidOperationException: no good", "Task.cs:line 4")]
    public async Task TryAsync_TaskThatRaises_TellsTheErrorWithItsPlace(string language, string source, string error, string detail)
    {
        var reply = await TryAsync(Spec(language, source));

        Assert.Equal((error, "", "so far\n"), (reply.Error, reply.Result, reply.Output));
        Assert.Contains(detail, reply.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Brigade.Runner", reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryAsync_CodeThatDoesNotCompile_TellsAllMessages()
    {
        var reply = await TryAsync(Spec("csharp", "static int Task(long index) => x;\nstatic int y = z;"));

        Assert.Equal("Task.cs(1,32): CS0103: The name 'x' does not exist in the current context", reply.Error);
        Assert.Contains("Task.cs(2,16): error CS0103: The name 'z'", reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryAsync_WrongSpecAsJson_IsRefused()
    {
        var reply = await new TaskTrier(_ => throw new InvalidOperationException("not needed"), TimeProvider.System).TryAsync(new TryRequest("{}"), TestContext.Current.CancellationToken);

        Assert.Contains("name is missing", reply.Error + reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryAsync_EndlessTask_EndsAtTheTimeout()
    {
        var reply = await TryAsync(Spec("python", "def task(index):\n    while True: pass\n") with { Limits = new LimitsSpec { TrialTimeout = TimeSpan.FromSeconds(1) } });

        Assert.StartsWith("not done within the 1 s of limits.trialTimeout", reply.Error, StringComparison.Ordinal);
    }

    private static ExperimentSpec Spec(string language, string source, Strategy strategy = Strategy.Sequential) => new()
    {
        Name = "try",
        Workload = new WorkloadSpec { Code = new CodeSpec { Language = language, Source = source } },
        Matrix = new MatrixSpec { Runtime = ["dotnet", "python"], Strategy = [strategy], Workers = [4] },
    };

    private static async Task<TryReply> TryAsync(ExperimentSpec spec)
    {
        var hosts = new TrialHostCatalogue(await RuntimeFinder.FindAsync(TestContext.Current.CancellationToken));
        return await new TaskTrier(_ => Task.FromResult<Brigade.Runner.Trials.ITrialHosts>(hosts), TimeProvider.System).TryAsync(spec, "", TestContext.Current.CancellationToken);
    }
}
