using System.Globalization;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Spectre.Console;

namespace Brigade.Runner.Terminal;

/// <summary>The advice at the end of a run: what to use and why, what it costs, and what comes next.</summary>
internal static class AdviceText
{
    public static void Write(IAnsiConsole console, Advice advice)
    {
        var workers = $"{advice.Workers.ToString(CultureInfo.InvariantCulture)} worker{(advice.Workers == 1 ? "" : "s")}";
        Line(console, "green", "advice", string.Create(
            CultureInfo.InvariantCulture,
            $"{advice.Runtime}, {EnumName.Of(advice.Strategy)} with {workers} ({advice.Class}, confidence {advice.Confidence:0.00}). {advice.Because}"));
        Line(console, "blue", "it did", $"{TrialText.Rate(advice.ThroughputPerSecond)} ({TrialText.Significant(advice.Interval.Low)} to {TrialText.Significant(advice.Interval.High)}); {Cost(advice.Cost)}");
        if (advice.RunnerUp is { } next)
        {
            Line(console, "blue", "runner-up", string.Create(
                CultureInfo.InvariantCulture,
                $"{next.Runtime}, {EnumName.Of(next.Strategy)} x{next.Workers}: {Behind(next)}; {Cost(next.Cost)}"));
        }

        foreach (var evidence in advice.Evidence)
        {
            Line(console, "blue", "evidence", evidence.Text);
        }
    }

    private static string Behind(RunnerUp next) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Math.Abs(next.Behind) * 100:0.#} % {(next.Behind >= 0 ? "behind" : "ahead")} ({next.BehindLow * 100:0.#} % to {next.BehindHigh * 100:0.#} % behind)");

    private static string Cost(AdviceCost cost) => string.Create(
        CultureInfo.InvariantCulture,
        $"{cost.PeakMemoryBytes / 1048576.0:0} MiB, {TrialText.Significant(cost.CpuSecondsPer1000Tasks)} CPU seconds per 1,000 tasks, {TrialText.Milliseconds(cost.StartupMs)} to start");

    private static void Line(IAnsiConsole console, string colour, string label, string text) =>
        console.MarkupLine($"[{colour}]{Markup.Escape(label)}:[/] {Markup.Escape(text)}");
}
