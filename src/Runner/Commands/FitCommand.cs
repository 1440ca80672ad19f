using System.CommandLine;
using System.Globalization;
using Brigade.Analysis.Laws;
using Brigade.Runner.Runs;

namespace Brigade.Runner.Commands;

/// <summary><c>brigade fit FILE.csv</c>: fits the laws of scaling to anyone's measurements.</summary>
internal static class FitCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A CSV file with the columns workers and throughput." };
        var json = new Option<string?>("--json") { Description = "Write the fits as JSON to this file.", HelpName = "OUT" };
        var command = new Command("fit", "Fits the laws of Amdahl, Gustafson and the Universal Scalability Law to measured throughputs.") { file, json };
        command.SetAction((parsed, _) => FitAsync(parsed.GetRequiredValue(file), parsed.GetValue(json)));
        return command;
    }

    private static async Task<int> FitAsync(string file, string? json)
    {
        if (json is not null && JsonFile.Problem(json) is { } problem)
            return await WrongAsync($"brigade: --json: {problem}");

        var reading = await ScalingFile.ReadAsync(file);
        if (reading.Errors.Count > 0)
            return await WrongAsync([.. reading.Errors]);

        var (usl, amdahl, gustafson) = (UslFit.Fit(reading.Points), AmdahlFit.Fit(reading.Points), GustafsonFit.Fit(reading.Points));
        if (usl.Law is null || amdahl.Law is null || gustafson.Law is null)
            return await WrongAsync($"{file}: {usl.Problem}");

        if (json is not null)
        {
            try
            {
                await JsonFile.WriteAsync(json, new FitResult(reading.Points.Count, usl.Law, amdahl.Law, gustafson.Law, LawWords.Peak(usl.Law)));
            }
            catch (RunOutputException exception)
            {
                await Stderr.TellAsync($"brigade: {exception.Message}");
                return ExitCodes.RunFailed;
            }
        }

        Print(Console.Out, reading.Points.Count, usl.Law, amdahl.Law, gustafson.Law);
        return ExitCodes.Done;
    }

    private static void Print(TextWriter output, int points, UslFit usl, AmdahlFit amdahl, GustafsonFit gustafson)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{points} points, up to {usl.LargestMeasured} workers. Intervals are of 95 %."));
        output.WriteLine();
        output.WriteLine("Universal Scalability Law   X(N) = gamma N / (1 + sigma (N - 1) + kappa N (N - 1))");
        Line(output, "gamma", usl.Gamma, usl.Intervals.Gamma, "throughput of one worker");
        Line(output, "sigma", usl.Sigma, usl.Intervals.Sigma, "contention: the share that waits for its turn");
        Line(output, "kappa", usl.Kappa, usl.Intervals.Kappa, "coherency: what each pair costs");
        Quality(output, usl.RSquared);
        output.WriteLine($"  {LawWords.Peak(usl)}");
        output.WriteLine();
        output.WriteLine("Amdahl's law                X(N) = gamma N / (1 + s (N - 1))");
        Line(output, "gamma", amdahl.Gamma, amdahl.Intervals.Gamma, "throughput of one worker");
        Line(output, "s", amdahl.SerialShare, amdahl.Intervals.SerialShare, "share of the work that runs alone");
        Quality(output, amdahl.RSquared);
        output.WriteLine();
        output.WriteLine("Gustafson's law             X(N) = gamma (N - s (N - 1))");
        Line(output, "gamma", gustafson.Gamma, gustafson.Intervals.Gamma, "throughput of one worker");
        Line(output, "s", gustafson.SerialShare, gustafson.Intervals.SerialShare, "share of the time that runs alone");
        Quality(output, gustafson.RSquared);
    }

    private static void Line(TextWriter output, string name, double value, Interval interval, string meaning) =>
        output.WriteLine($"  {name,-6} {Text(value),-12} {$"({Text(interval.Low)} to {Text(interval.High)})",-28} {meaning}");

    private static void Quality(TextWriter output, double rSquared) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  R²     {rSquared:0.0000}"));

    private static string Text(double value) => Math.Abs(value) < 1e-9 ? "0" : value.ToString("G5", CultureInfo.InvariantCulture);

    private static async Task<int> WrongAsync(params string[] messages)
    {
        foreach (var message in messages)
            await Stderr.TellAsync(message);
        return ExitCodes.Wrong;
    }

    /// <summary>What <c>--json</c> writes.</summary>
    /// <param name="Points">How many there were.</param>
    /// <param name="Peak">The peak of the Universal Scalability Law in words.</param>
    private sealed record FitResult(int Points, UslFit Usl, AmdahlFit Amdahl, GustafsonFit Gustafson, string Peak)
    {
        public int Version { get; init; } = 1;
    }
}
