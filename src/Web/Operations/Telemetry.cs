using System.Diagnostics;
using System.Diagnostics.Metrics;
using Brigade.Contracts.Runs;

namespace Brigade.Web.Operations;

/// <summary>What the server tells of itself to whoever operates it: figures by OpenTelemetry's names and units, never of users' content.</summary>
internal sealed class Telemetry : IDisposable
{
    public const string Name = "Brigade";

    private static readonly ActivitySource Activities = new(Name);

    private readonly Meter _meter;
    private readonly Counter<long> _runsEnded;
    private readonly Counter<long> _commits;
    private readonly Histogram<double> _commitTime;
    private int _runners;
    private int _queued;
    private int _executing;

    public Telemetry(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _runsEnded = _meter.CreateCounter<long>("brigade.runs.ended", "{run}", "Runs that ended, by status.");
        _commits = _meter.CreateCounter<long>("brigade.commits", "{commit}", "Transactions that stored what runners measured, by outcome.");
        _commitTime = _meter.CreateHistogram<double>("brigade.commit.duration", "s", "Time that storing what runners measured took.");
        _meter.CreateObservableGauge("brigade.runners.connected", () => Volatile.Read(ref _runners), "{runner}", "Runners that are connected.");
        _meter.CreateObservableGauge("brigade.runs.queued", () => Volatile.Read(ref _queued), "{run}", "Runs that wait for a runner.");
        _meter.CreateObservableGauge("brigade.runs.executing", () => Volatile.Read(ref _executing), "{run}", "Runs that a runner executes.");
    }

    public void SawRunners(int connected) => Volatile.Write(ref _runners, connected);

    /// <summary>The dispatcher's look at the runs that have not ended.</summary>
    public void SawQueue(int queued, int executing)
    {
        Volatile.Write(ref _queued, queued);
        Volatile.Write(ref _executing, executing);
    }

    public void RunEnded(RunStatus status) => _runsEnded.Add(1, new KeyValuePair<string, object?>("status", status.ToString().ToLowerInvariant()));

    /// <summary>A span around a commit; null where nobody listens.</summary>
    public static Activity? StartCommit(Guid run) => Activities.StartActivity("store run events")?.SetTag("brigade.run", run);

    /// <param name="outcome">In one word.</param>
    public void Committed(TimeSpan took, string outcome)
    {
        _commits.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _commitTime.Record(took.TotalSeconds);
    }

    public void Dispose() => _meter.Dispose();
}
