using System.Diagnostics;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet;

namespace Brigade.Benchmarks;

/// <summary>From the start of a trial's process until its workers are up, against a bare program of the same runtime that prints one line.</summary>
internal sealed class TrialStart : ISuite
{
    private const double Bound = 15;

    /// <summary>A start takes some 30 ms: many of them are as quick as one measurement of another suite.</summary>
    private const int StartsPerRound = 3;

    public string Name => "trial-start";

    public string Title => "Start of a trial, 2 threads: until the workers are up";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        using var bare = new BareChild();
        var dotnet = Path.Combine(TrialHost.Environment["DOTNET_ROOT"], "dotnet");
        var python = Path.Combine(AppContext.BaseDirectory, "TrialHosts", "python", "brigade_host", "__main__.py");
        yield return await RowAsync(
            rounds, ".NET", "a bare .NET child", () => HostAsync(TrialHost.Command.File, [.. TrialHost.Command.Arguments], TrialHost.Environment), () => LineAsync(dotnet, bare.Assembly));
        yield return await RowAsync(
            rounds, "Python", "a bare interpreter", () => HostAsync("python3", [python], PythonEnvironment), () => LineAsync("python3", "-c", "print('up')"));
        await foreach (var row in BoxStart.MeasureAsync(rounds))
        {
            yield return row;
        }
    }

    private static Dictionary<string, string> PythonEnvironment => new(StringComparer.Ordinal) { ["PYTHONHASHSEED"] = "0", ["PYTHONUTF8"] = "1" };

    private static async Task<Row> RowAsync(int rounds, string what, string against, Func<Task<double>> host, Func<Task<double>> bare)
    {
        var differences = new List<double>();
        for (var start = 0; start < rounds * StartsPerRound; start++)
        {
            var first = await host();
            var between = await bare() + await bare();
            differences.Add((first + await host() - between) / 2);
        }

        var sample = new Sample(differences, " ms");
        return new Row($"{what}, longer than the other by", against, sample, $"at most {Bound} ms", sample.Median <= Bound);
    }

    private static async Task<double> HostAsync(string file, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var request = new TrialRequest
        {
            Workload = new TrialWorkload { Kernel = "noop", Params = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) },
            Strategy = Strategy.Threads,
            Workers = 2,
            Load = new TrialLoad { Tasks = 1 },
            Warmup = new TrialLoad { Tasks = 0 },
            Scratch = Path.GetTempPath(),
        };
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var line = request.ToLine();
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        await process.StandardInput.BaseStream.WriteAsync(line);
        await process.StandardInput.BaseStream.FlushAsync();
        var reader = new RecordReader(process.StandardOutput.BaseStream);
        while (await reader.ReadAsync() && reader.Type != RecordType.Ready)
        {
            if (reader.Type == RecordType.Failed)
            {
                throw new InvalidOperationException(reader.Json(ProtocolJson.Default.FailedPayload).Message);
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return elapsed;
    }

    private static async Task<double> LineAsync(string file, params string[] arguments)
    {
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadLineAsync();
        var elapsed = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await process.WaitForExitAsync();
        return elapsed;
    }
}
