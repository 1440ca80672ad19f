using System.Globalization;
using Brigade.Contracts.Spec;
using Brigade.Runner.Code.CSharp;
using Brigade.Runner.Protocol;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet.Workloads;

/// <summary>C# in the real host.</summary>
public sealed class UserCodeTests
{
    private const string Both = "static long Task(long index) => index; static async Task<long> TaskAsync(long index) { await Task.Delay(1); return index; }";

    [Theory]
    [InlineData(Strategy.Sequential)]
    [InlineData(Strategy.Threads)]
    [InlineData(Strategy.Async)]
    [InlineData(Strategy.Pool)]
    [InlineData(Strategy.Processes)]
    public async Task Run_BothMethods_RunUnderEveryStrategy(Strategy strategy)
    {
        var host = await RunAsync(Both, strategy);

        Assert.Null(host.Failed);
        Assert.Equal((20L, 0L, 190UL.ToString("x16", CultureInfo.InvariantCulture)), (host.Done!.Tasks, host.Done.Errors, host.Done.Checksum));
        Assert.DoesNotContain(host.Done.Warnings ?? [], warning => warning.Contains("Task", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("static int Task(long index) => 1;", Strategy.Async, "which blocks the event loop")]
    [InlineData("static async Task<int> TaskAsync(long index) { await Task.Delay(1); return 1; }", Strategy.Threads, "blocked until it ended")]
    [InlineData("static async Task<int> TaskAsync(long index) { await Task.Delay(1); return 1; }", Strategy.Processes, "blocked until it ended")]
    public async Task Run_OneMethod_StandsInForTheOtherAndWarns(string source, Strategy strategy, string warning)
    {
        var host = await RunAsync(source, strategy);

        Assert.Equal((20L, 0L), (host.Done!.Tasks, host.Done.Errors));
        Assert.Contains(host.Done.Warnings!, text => text.Contains(warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_Parameters_AreArgumentsByName()
    {
        const string Source = "long sum; void Setup(int limit) { sum = limit; } string Task(long index, int limit, string name, double half = 0.5, bool flag = false) => $\"{sum} {limit} {name} {half} {flag}\";";
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(7), ["name"] = ParameterValue.Of("x"), ["flag"] = ParameterValue.Of("true"), ["unused"] = ParameterValue.Of(1) };

        var host = await RunAsync(Source, Strategy.Sequential, parameters, tasks: 1);

        Assert.Null(host.Failed);
        Assert.Equal(Brigade.Runner.TrialHosts.DotNet.Workloads.TaskResult.Of("7 7 x 0.5 True").ToString("x16", CultureInfo.InvariantCulture), host.Done!.Checksum);
    }

    [Theory]
    [InlineData("static int Task(long index, int limit) => limit;", "Task.cs: the code has a parameter 'limit', and the experiment has none of that name")]
    [InlineData("static int Task(long index) => 1; static void Setup() => throw new Exception(\"no\");", "Task.cs: Setup(): Exception: no")]
    [InlineData("static int x = int.Parse(\"a\"); static int Task(long index) => 1; static void Setup() => x++;", "Task.cs: Setup(): FormatException")]
    public async Task Run_CodeThatCannotRun_FailsWithTheReason(string source, string message)
    {
        foreach (var strategy in new[] { Strategy.Threads, Strategy.Processes })
        {
            var host = await RunAsync(source, strategy);

            Assert.StartsWith(message, host.Failed!.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Run_ParameterOutOfRange_SaysSo()
    {
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(300) };

        var host = await RunAsync("static int Task(long index, byte limit) => limit;", Strategy.Sequential, parameters);

        Assert.Equal("Task.cs: the parameter 'limit' is 300, which is no Byte in the range that the code takes", host.Failed!.Message);
    }

    [Theory]
    [InlineData(Strategy.Sequential, 1)]
    [InlineData(Strategy.Threads, 2)]
    [InlineData(Strategy.Async, 2)]
    [InlineData(Strategy.Pool, 2)]
    [InlineData(Strategy.Processes, 2)]
    public async Task Run_SetupAndTeardown_RunOnceInEachWorker(Strategy strategy, int workers)
    {
        const string Source = """
            string mark = "";
            void Setup(string directory) { mark = Path.Combine(directory, Guid.NewGuid().ToString("N")); File.WriteAllText(mark, ""); }
            int Task(long index) { File.AppendAllText(mark, "t"); return 1; }
            void Teardown() { File.AppendAllText(mark, "end"); throw new InvalidOperationException("late"); }
            """;
        var directory = Directory.CreateTempSubdirectory("brigade-teardown-");

        var host = await RunAsync(Source, strategy, new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["directory"] = ParameterValue.Of(directory.FullName) });

        var marks = directory.GetFiles().Select(file => File.ReadAllText(file.FullName)).ToList();
        directory.Delete(recursive: true);
        Assert.Equal((20L, 0L), (host.Done!.Tasks, host.Done.Errors));
        Assert.Equal(workers, marks.Count);
        Assert.All(marks, mark => Assert.EndsWith("end", mark, StringComparison.Ordinal));
        Assert.DoesNotContain(marks, mark => mark.Contains("endt", StringComparison.Ordinal) || mark.Contains("endend", StringComparison.Ordinal));
        Assert.Contains("Task.cs: Teardown(): InvalidOperationException: late", host.Done.Warnings!);
    }

    [Theory]
    [InlineData(Strategy.Sequential)]
    [InlineData(Strategy.Processes)]
    public async Task Run_NoAssembly_CompilesTheSourceItself(Strategy strategy)
    {
        var host = await RunAsync(Both, strategy, isCompiled: false);

        Assert.Equal((20L, 190UL.ToString("x16", CultureInfo.InvariantCulture)), (host.Done!.Tasks, host.Done.Checksum));
    }

    [Fact]
    public async Task Run_NoAssemblyAndWrongSource_FailsWithTheCompilersMessages()
    {
        var host = await RunAsync("static int Task(long index) => x;\nstatic int y = z;", Strategy.Processes, isCompiled: false);

        Assert.Equal("Task.cs(1,32): CS0103: The name 'x' does not exist in the current context", host.Failed!.Message);
        Assert.Contains("Task.cs(2,16): error CS0103", host.Failed.Detail, StringComparison.Ordinal);
    }

    private static Task<HostProcess> RunAsync(string source, Strategy strategy, Dictionary<string, ParameterValue>? parameters = null, int tasks = 20, bool isCompiled = true)
    {
        // As the runner does.
        var assembly = isCompiled ? Convert.ToBase64String(CSharpCompiler.Compile("Task.cs", source).Assembly!) : null;
        return HostProcess.RunAsync(HostProcess.Request(strategy, 2, "noop", new TrialLoad { Tasks = tasks }) with { Workload = new TrialWorkload { Code = new TrialCode("csharp", "Task.cs", source, parameters, assembly) } });
    }
}
