using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Brigade.Data.Queries;

namespace Brigade.Web.Tests.Support;

/// <summary>An experiment with a run a day, the last one now.</summary>
public sealed record StoredHistory(Guid Experiment, IReadOnlyList<Guid> Runs, string CellKey, string MachineKey);

internal static class StoringHistory
{
    /// <summary>Stores a run of one cell for each throughput, oldest first.</summary>
    public static async Task<StoredHistory> StoreHistoryAsync(this PageTest test, params double[] throughputs)
    {
        var experiment = (await test.ExperimentStore.CreateAsync(Given.Spec())).Id;
        List<Guid> runs = [];
        foreach (var (day, throughput) in throughputs.Index())
        {
            var run = await test.RunStore.CreateAsync(Given.Spec(), seed: 42, trialCount: 1, experiment);
            await test.RunStore.CommitAsync(run.Id, new RunChanges
            {
                Status = RunStatus.Completed, StartedAt = Given.Noon, EndedAt = Given.Noon.AddDays(day + 1 - throughputs.Length), Machine = Given.Machine, Plan = Given.Plan(1),
                Trials = [Given.Result(0) with { ThroughputPerSecond = throughput }],
            });
            runs.Add(run.Id);
        }

        return new StoredHistory(experiment, runs, CellKey.Of(Given.Plan(1).Cells[0]), MachineKeys.Of(Given.Machine));
    }

    /// <summary>A fall of throughput from 100/s to 80/s.</summary>
    public static async Task<Change> StoreChangeAsync(this PageTest test, StoredHistory history, int run, double shift = -0.2)
    {
        var change = new Change
        {
            Id = Guid.CreateVersion7(Given.Noon), ExperimentId = history.Experiment, CellKey = history.CellKey, MachineKey = history.MachineKey, Metric = ChangeMetric.Throughput,
            RunId = history.Runs[run], RunBefore = run > 0 ? history.Runs[run - 1] : null, At = Given.Noon.AddDays(run + 1 - history.Runs.Count),
            Before = 100, After = 100 * (1 + shift), RelativeShift = shift, Confidence = 0.999, FoundAt = Given.Noon,
        };
        await test.ChangeStore.StoreAsync(new SeriesFindings([change], [], []));
        return change;
    }
}
