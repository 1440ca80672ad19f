using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Compare;

/// <summary>Stored runs that measured something.</summary>
internal static class StoredRuns
{
    /// <summary>A completed run of six repetitions of one cell.</summary>
    /// <param name="throughput">Around which its repetitions lie.</param>
    public static async Task<RunRow> MeasureAsync(this RunStore runs, double throughput = 100, Guid? experiment = null, string name = "primes", ExperimentSpec? spec = null, Machine? machine = null)
    {
        spec = (spec ?? Given.Spec()) with { Name = name };
        var run = await runs.CreateAsync(spec, seed: 42, trialCount: 6, experiment);
        var trials = Enumerable.Range(0, 6).Select(index => Given.Result(index) with { Histogram = [], ThroughputPerSecond = throughput * (1 + (index * 0.002)), Latency = new Latency { P50Ms = 5, P99Ms = 9 + (index * 0.01) } });
        await runs.CommitAsync(run.Id, new RunChanges { Status = RunStatus.Completed, StartedAt = Given.Noon, EndedAt = Given.Noon.AddSeconds(65), Machine = machine ?? Given.Machine, Plan = Given.Plan(6), Trials = [.. trials] });
        return (await runs.FindAsync(run.Id))!.Row;
    }
}
