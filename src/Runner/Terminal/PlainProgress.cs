using System.Globalization;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;

namespace Brigade.Runner.Terminal;

/// <summary>Progress as one line for each trial that ended, for logs and pipes.</summary>
internal sealed class PlainProgress(TextWriter output, ExperimentSpec spec) : IRunOutput
{
    private TrialPlan? _plan;

    public async ValueTask WriteAsync(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunStarted started:
                _plan = started.Plan;
                await output.WriteLineAsync(Heading(spec, started));
                foreach (var note in started.Plan.Notes)
                {
                    await output.WriteLineAsync($"note: {note}");
                }

                break;
            case TrialEnded ended when _plan is not null:
                await output.WriteLineAsync(Line(_plan, spec, ended.Result));
                break;
        }

        await output.FlushAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal static string Heading(ExperimentSpec spec, RunStarted started) => string.Create(
        CultureInfo.InvariantCulture,
        $"{spec.Name}: {TrialText.Count(started.Plan.Trials.Count, "trial")} of {TrialText.Count(started.Plan.Cells.Count, "cell")} on {started.Machine.Cores} cores, seed {started.Plan.Seed}");

    internal static string Line(TrialPlan plan, ExperimentSpec spec, TrialResult result)
    {
        var cell = plan.Cells[result.Cell];
        var width = plan.Trials.Count.ToString(CultureInfo.InvariantCulture).Length;
        var number = (result.Index + 1).ToString(CultureInfo.InvariantCulture).PadLeft(width);
        var swept = TrialText.Swept(cell, spec.Matrix.Params.Keys);
        return $"[{number}/{plan.Trials.Count.ToString(CultureInfo.InvariantCulture)}] {TrialText.Cell(cell, result.Runtime)}{(swept.Length > 0 ? " " + swept : "")}: {TrialText.Result(result)}";
    }
}
