using System.Globalization;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Runs;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Commands;

/// <summary>The executable's answers to the shell.</summary>
public sealed class CommandLineTests : IDisposable
{
    private const string Sleeps = "version: 1\nname: sleeps\nworkload: { kernel: io.sleep, params: { milliseconds: 1 } }\nmatrix: { runtime: [dotnet, python], strategy: [sequential], workers: [1] }\nload: { tasks: 5 }\nwarmup: { tasks: 0 }\nrepeat: 1\n";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("brigade-command-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Run_GoodSpec_PrintsLinesAndATableAndWritesJson()
    {
        Write("spec.yaml", Sleeps);

        var (code, output, errors) = await RunnerProcess.RunAsync("run spec.yaml --json out.json --seed 7", _directory.FullName);

        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.Contains("sleeps: 2 trials of 2 cells", output, StringComparison.Ordinal);
        Assert.Contains("[1/2] ", output, StringComparison.Ordinal);
        Assert.Contains("speed-up", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        var result = JsonSerializer.Deserialize<RunResult>(await File.ReadAllTextAsync(Path.Combine(_directory.FullName, "out.json")), BrigadeJson.Options)!;
        Assert.Equal((RunStatus.Completed, 7, 2), (result.Status, result.Seed, result.Trials.Count));
        Assert.All(result.Trials, trial => Assert.Equal((TrialStatus.Completed, 5L), (trial.Status, trial.Tasks)));
    }

    [Fact]
    public async Task Run_ThresholdThatDoesNotHold_Answers1()
    {
        Write("spec.yaml", Sleeps + "thresholds: [\"latency.p50 < 0.1ms\"]\n");

        var (code, output, _) = await RunnerProcess.RunAsync("run spec.yaml", _directory.FullName);

        Assert.Equal(1, code);
        Assert.Contains("threshold failed: latency.p50 < 0.1ms", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version: 1\nname: x\nworkload: { kernl: noop }\n", "spec.yaml:3:13: ")]
    [InlineData("version: 1\nname: [\n", "spec.yaml:")]
    [InlineData("", "spec.yaml:1:1: ")]
    public async Task Run_WrongSpec_Answers2WithThePlace(string spec, string place)
    {
        Write("spec.yaml", spec);

        var (code, output, errors) = await RunnerProcess.RunAsync("run spec.yaml", _directory.FullName);

        Assert.Equal((2, ""), (code, output));
        Assert.All(errors.TrimEnd().Split('\n'), line => Assert.StartsWith(place, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_SpecWithWrongCode_Answers2WithThePlace()
    {
        Write("Mine.cs", "static ulong Task(long index)\n{\n    return x;\n}\n");
        Write("spec.yaml", "name: mine\nworkload: { code: { language: csharp, file: Mine.cs } }\nmatrix: { runtime: dotnet }\n");

        var (code, output, errors) = await RunnerProcess.RunAsync("check spec.yaml", _directory.FullName);

        Assert.Equal((2, "", "Mine.cs(3,12): error CS0103: The name 'x' does not exist in the current context\n"), (code, output, errors));
    }

    [Fact]
    public async Task Check_GoodSpec_Answers0()
    {
        Write("spec.yaml", Sleeps);

        Assert.Equal((0, "spec.yaml: good.\n", ""), await RunnerProcess.RunAsync("check spec.yaml", _directory.FullName));
    }

    [Fact]
    public async Task Try_CodeFile_PrintsResultTimeAndOutput()
    {
        Write("mine.py", "def task(index):\n    print('from the task')\n    return [index, 'ä']\n");

        var (code, output, errors) = await RunnerProcess.RunAsync("try mine.py", _directory.FullName);

        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("from the task\nresult: [0, 'ä']\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CSharpCodeWithParameters_MeasuresItUnderEveryStrategy()
    {
        Write("Mine.cs", "static ulong Task(long index, ulong limit) => (ulong)index * limit;\nstatic async Task<ulong> TaskAsync(long index, ulong limit) { await Task.Yield(); return Task(index, limit); }\n");
        Write("spec.yaml", "name: mine\nworkload: { code: { language: csharp, file: Mine.cs } }\nmatrix: { runtime: dotnet, workers: 2, params: { limit: [2, 3] } }\nload: { tasks: 50 }\nrepeat: 1\n");

        var (code, _, errors) = await RunnerProcess.RunAsync("run spec.yaml --json out.json", _directory.FullName);

        Assert.Equal((0, ""), (code, errors));
        var result = JsonSerializer.Deserialize<RunResult>(await File.ReadAllTextAsync(Path.Combine(_directory.FullName, "out.json")), BrigadeJson.Options)!;
        Assert.Equal<string>([(2 * 1225).ToString("x16", CultureInfo.InvariantCulture), (3 * 1225).ToString("x16", CultureInfo.InvariantCulture)], result.Trials.Select(trial => trial.Checksum).Distinct().Order(StringComparer.Ordinal));
        Assert.All(result.Trials, trial => Assert.Equal((TrialStatus.Completed, 0L), (trial.Status, trial.Errors)));
        Assert.Equal(10, result.Trials.Count);
    }

    [Theory]
    [InlineData("", "brigade: ")]
    [InlineData("fly", "brigade: ")]
    [InlineData("run", "brigade: ")]
    [InlineData("run x.yaml --seed many", "brigade: ")]
    [InlineData("check", "brigade: ")]
    [InlineData("run good.yaml --histograms", "brigade: --histograms: ")]
    [InlineData("export", "brigade: ")]
    [InlineData("export nothing.json --as html", "nothing.json:1:1: There is no such file.")]
    [InlineData("export good.yaml --as html", "good.yaml:1:1: This is no result of a run")]
    [InlineData("export good.yaml --as docx", "brigade: --as: 'docx' is no format. Use one of html, markdown, csv, json, hlog, junit.")]
    [InlineData("export good.yaml --as html --part cells", "brigade: --part: 'cells' is no part of html.")]
    [InlineData("export good.yaml --as html -o /nowhere/out.html", "brigade: --output: The directory /nowhere does not exist; make it first.")]
    [InlineData("try nothing.cs", "nothing.cs:1:1: There is no such file.")]
    [InlineData("check nothing.yaml", "nothing.yaml:1:1: There is no such file.")]
    [InlineData("run nothing.yaml", "nothing.yaml:1:1: There is no such file.")]
    [InlineData("run good.yaml --json /nowhere/out.json", "brigade: --json: The directory /nowhere does not exist; make it first.")]
    [InlineData("run good.yaml --against baseline", "brigade: --track, --against, --pin and --note are for runs on a server")]
    [InlineData("run good.yaml --server https://brigade.example.org --against yesterday", "brigade: --against: 'yesterday' is neither 'baseline' nor the id of a run.")]
    [InlineData("run good.yaml --server https://brigade.example.org --note why", "brigade: --note: ")]
    [InlineData("run good.yaml --server https://brigade.example.org --track --seed 1", "brigade: --seed: ")]
    [InlineData("run good.yaml --server https://brigade.example.org --json out.json --histograms", "brigade: --histograms: ")]
    [InlineData("run good.yaml --server brigade.example.org", "brigade: --server: 'brigade.example.org' is not the address of a server")]
    [InlineData("run nothing.yaml --server https://brigade.example.org", "nothing.yaml:1:1: There is no such file.")]
    [InlineData("compare a b --server https://brigade.example.org", "brigade: 'a' is no id of a run.")]
    [InlineData("export a --as html --server https://brigade.example.org", "brigade: 'a' is no id of a run.")]
    [InlineData("import good.yaml", "brigade: ")]
    [InlineData("login", "brigade: ")]
    [InlineData("agent", "brigade agent: '' is not the address of a server")]
    [InlineData("agent --server http://127.0.0.1:1", "brigade agent: There is no token; set the environment variable BRIGADE_RUNNER_TOKEN")]
    public async Task Any_WrongArguments_Answers2AndSaysWhy(string arguments, string message)
    {
        Write("good.yaml", Sleeps);

        var (code, _, errors) = await RunnerProcess.RunAsync(arguments, _directory.FullName);

        Assert.Equal(2, code);
        Assert.StartsWith(message, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OnlyMissingInterpreters_Answers3AndSaysWhatIsThere()
    {
        Write("spec.yaml", Sleeps.Replace("[dotnet, python]", "[python3.99]", StringComparison.Ordinal));

        var (code, _, errors) = await RunnerProcess.RunAsync("run spec.yaml", _directory.FullName);

        Assert.Equal(3, code);
        Assert.StartsWith("brigade: No trial completed: the runtime python3.99 was not found on this machine; found: dotnet", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CodeThatIsWrongPython_ShowsPythonsMessage()
    {
        Write("spec.yaml", "version: 1\nname: mine\nworkload: { code: { language: python, file: work.py } }\nmatrix: { runtime: [python], strategy: [sequential], workers: [1] }\nload: { tasks: 2 }\nrepeat: 1\n");
        Write("work.py", "def task(index):\n    return index +\n");

        var (code, output, errors) = await RunnerProcess.RunAsync("run spec.yaml", _directory.FullName);

        Assert.Equal(3, code);
        Assert.Contains("line 2", errors, StringComparison.Ordinal);
        Assert.Contains("invalid syntax", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FullDisk_Answers3AndStillPrintsTheTable()
    {
        Write("spec.yaml", Sleeps);

        var (code, output, errors) = await RunnerProcess.RunAsync("run spec.yaml --json /dev/full", _directory.FullName);

        Assert.Equal(3, code);
        Assert.Contains("speed-up", output, StringComparison.Ordinal);
        Assert.StartsWith("brigade: The disk is full: /dev/full", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TerminalIsLost_StillMeasuresAndWritesTheJson()
    {
        Write("spec.yaml", Sleeps);

        var (code, _, _) = await RunnerProcess.RunShellAsync("run spec.yaml --json out.json >/dev/full 2>/dev/full", _directory.FullName);

        Assert.Equal(0, code);
        var result = JsonSerializer.Deserialize<RunResult>(await File.ReadAllTextAsync(Path.Combine(_directory.FullName, "out.json")), BrigadeJson.Options)!;
        Assert.Equal((RunStatus.Completed, 2), (result.Status, result.Trials.Count));
    }

    [Fact]
    public async Task Run_HangUpOfALostTerminal_CancelsAndWritesTheJson()
    {
        using var runner = await StartHangingAsync(shell: true, " --json out.json >/dev/full 2>/dev/full");

        _ = Linux.Kill(runner.Process.Id, 1);
        var (code, _, _) = await runner.EndAsync();

        Assert.Equal(3, code);
        var result = JsonSerializer.Deserialize<RunResult>(await File.ReadAllTextAsync(Path.Combine(_directory.FullName, "out.json")), BrigadeJson.Options)!;
        Assert.Equal(RunStatus.Cancelled, result.Status);
        Assert.Empty(Left(runner));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public async Task Run_Interrupted_Answers3WithTheTableAndLeavesNoProcess(int signal)
    {
        using var runner = await StartHangingAsync();

        _ = Linux.Kill(runner.Process.Id, signal);
        var (code, output, errors) = await runner.EndAsync();

        Assert.Equal(3, code);
        Assert.Contains("Cancelling", errors, StringComparison.Ordinal);
        Assert.Contains("Cancelled after 0 of 1 trials.", errors, StringComparison.Ordinal);
        Assert.Contains("speed-up", output, StringComparison.Ordinal);
        Assert.Empty(Left(runner));
    }

    [Fact]
    public async Task Run_KilledAtOnce_LeavesNoProcess()
    {
        using var runner = await StartHangingAsync();
        Assert.NotEmpty(Left(runner));

        _ = Linux.Kill(runner.Process.Id, Linux.Sigkill);

        await runner.EndAsync();
        await FakeServer.UntilAsync(() => Left(runner).Count == 0 ? "" : null, "the trial's processes to end");
    }

    [Fact]
    public async Task Kernels_Json_ListsThem()
    {
        var (code, output, _) = await RunnerProcess.RunAsync("kernels --json");

        Assert.Equal(0, code);
        Assert.Contains("cpu.primes", JsonDocument.Parse(output).RootElement.EnumerateArray().Select(kernel => kernel.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Kernels_Plain_ListsParameters() => Assert.Contains("primes below this number (2 to 10000000; default 2000)", (await RunnerProcess.RunAsync("kernels")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Runtimes_Plain_ListsIdVersionGilAndPath()
    {
        var (code, output, _) = await RunnerProcess.RunAsync("runtimes");

        Assert.Equal(0, code);
        Assert.StartsWith("id ", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^dotnet +10\.[0-9.]+ +- +/", output);
        Assert.Matches(@"(?m)^python3\.[0-9]+t? +3\.[0-9.]+ +(on|off) +/.*\(python\)$", output);
    }

    [Fact]
    public async Task Help_Any_ListsTheVerbs()
    {
        var (code, output, _) = await RunnerProcess.RunAsync("--help");

        Assert.Equal(0, code);
        Assert.Contains("brigade [command]", output, StringComparison.Ordinal);
        Assert.Contains("brigade run <FILE>", (await RunnerProcess.RunAsync("run --help")).Output, StringComparison.Ordinal);
        Assert.All(new[] { "run", "kernels", "runtimes", "agent" }, verb => Assert.Contains(verb, output, StringComparison.Ordinal));
    }

    private static List<int> Left(RunnerProcess runner) =>
        [.. ProcessTree.AllMarks().Where(pair => pair.Mark.Contains($".{runner.Process.Id}.", StringComparison.Ordinal) && ProcessTree.IsAlive(pair.Process)).Select(pair => pair.Process)];

    /// <summary>A run whose one task, in Python worker processes, says that it has begun and then never ends.</summary>
    private async Task<RunnerProcess> StartHangingAsync(bool shell = false, string arguments = "")
    {
        Write("work.py", "import time\ndef task(index):\n    open('started', 'w').close()\n    time.sleep(600)\n");
        Write("spec.yaml", "version: 1\nname: hangs\nworkload: { code: { language: python, file: work.py } }\nmatrix: { runtime: [python], strategy: [processes], workers: [2] }\nload: { tasks: 2 }\nwarmup: { tasks: 0 }\nrepeat: 1\nlimits: { trialTimeout: 300s }\n");
        var runner = RunnerProcess.Start("run spec.yaml" + arguments, _directory.FullName, shell: shell);
        await FakeServer.UntilAsync(() => Started(runner.Process.Id) ? "" : null, "the task to begin");
        return runner;
    }

    /// <summary>A task writes to its trial's own directory, whose name holds the runner's number.</summary>
    private static bool Started(int runner) => Directory.EnumerateDirectories(Path.GetTempPath(), $"{Scratch.Prefix}*.{runner}.*").Any(directory => File.Exists(Path.Combine(directory, "started")));

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory.FullName, name), text);
}
