using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;

namespace Brigade.Web.Cluster;

/// <summary>What pages and the REST API ask of the control plane.</summary>
public interface IControlPlane
{
    /// <summary>Stores a run and queues it for the next runner that is free.</summary>
    Task<RunRow> SubmitAsync(ExperimentSpec spec, Guid? experimentId, CancellationToken cancellation = default);

    /// <summary>Runs were queued by others, such as a schedule: look at the queue now.</summary>
    Task WakeAsync();

    /// <summary>For editors, as is all that follows but the list of runners. Cancels a run at any moment; false where it does not exist. Cancelling an ended run changes nothing.</summary>
    Task<bool> CancelAsync(Guid runId, CancellationToken cancellation = default);

    /// <summary>The runners that are connected now.</summary>
    Task<IReadOnlyList<RunnerStatus>> RunnersAsync(CancellationToken cancellation = default);

    /// <summary>Has a connected runner look at code, without running it. What keeps it from that is in the reply.</summary>
    Task<CodeCheckReply> CheckCodeAsync(CodeCheckRequest request, CancellationToken cancellation = default);

    /// <summary>Has a connected runner run one task of a spec. What keeps it from that is in the reply.</summary>
    Task<TryReply> TryTaskAsync(ExperimentSpec spec, CancellationToken cancellation = default);
}

/// <param name="ActiveRun">The run it executes now; null where it is free, or executes a run of another workspace.</param>
public sealed record RunnerStatus(string Id, string Name, string Version, Machine Machine, DateTimeOffset ConnectedAt, Guid? ActiveRun, bool Embedded)
{
    /// <summary>Whether it executes a run, also one of another workspace.</summary>
    public bool Busy { get; init; } = ActiveRun is not null;
}
