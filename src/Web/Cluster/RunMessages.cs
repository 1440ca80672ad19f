using Brigade.Contracts.Runs;

namespace Brigade.Web.Cluster;

/// <summary>What a run's owner tells the feeds: where the run stands, and the events that came.</summary>
/// <param name="StatusCode">A <see cref="RunStatus"/>; the contracts know no serialiser of the cluster.</param>
/// <param name="First">Sequence number of the first of <paramref name="Events"/>, or the next expected one where there are none.</param>
/// <param name="Events">Each one run event as UTF-8 JSON, as the runner sent it.</param>
[GenerateSerializer, Immutable]
internal sealed record RunUpdate(
    [property: Id(0)] int StatusCode,
    [property: Id(1)] string Reason,
    [property: Id(2)] DateTimeOffset? StartedAt,
    [property: Id(3)] DateTimeOffset? EndedAt,
    [property: Id(4)] long First,
    [property: Id(5)] byte[][] Events)
{
    public RunStatus Status => (RunStatus)StatusCode;
}

/// <summary>The answer to a delivery.</summary>
/// <param name="Committed">Sequence number up to which everything is in the database; <see cref="long.MaxValue"/> where no more of the run is taken.</param>
/// <param name="Refusal">Why nothing was taken, for the runner's log; empty where it was.</param>
[GenerateSerializer, Immutable]
internal sealed record DeliverReply([property: Id(0)] long Committed, [property: Id(1)] string Refusal);

/// <summary>What is to become of a run that a runner says it has.</summary>
[GenerateSerializer]
internal enum Resumption
{
    Continue,

    /// <summary>It is this runner's, and is being cancelled.</summary>
    Stop,

    /// <summary>It has ended, or is another runner's.</summary>
    Refused,

    /// <summary>The storage does not answer: it has to be asked again.</summary>
    Unknown,
}

/// <summary>What a runner needs to execute a run.</summary>
[GenerateSerializer, Immutable]
internal sealed record AssignedRun([property: Id(0)] string Spec, [property: Id(1)] int Seed);

/// <summary>A runner's registration as the hub passes it on.</summary>
/// <param name="RunnerId">Unique in the cluster: a runner chooses its own, so that of one which is not embedded is joined to its workspace.</param>
/// <param name="Embedded">Whether it is the one that this process started.</param>
/// <param name="WorkspaceId">The workspace whose runs it takes; null for those of all, as only the embedded one does.</param>
[GenerateSerializer, Immutable]
internal sealed record RunnerRegistration(
    [property: Id(0)] string ConnectionId,
    [property: Id(1)] string RunnerId,
    [property: Id(2)] string Name,
    [property: Id(3)] string Version,
    [property: Id(4)] string Machine,
    [property: Id(5)] Guid[] ActiveRuns,
    [property: Id(6)] bool Embedded,
    [property: Id(7)] Guid? WorkspaceId);

/// <summary>A connected runner as a workspace sees it.</summary>
/// <param name="ActiveRun">The run that it executes; null where it is free, and where the run is another workspace's.</param>
/// <param name="Busy">Whether it executes any run.</param>
[GenerateSerializer, Immutable]
internal sealed record ConnectedRunner(
    [property: Id(0)] string RunnerId,
    [property: Id(1)] string Name,
    [property: Id(2)] string Version,
    [property: Id(3)] string Machine,
    [property: Id(4)] DateTimeOffset ConnectedAt,
    [property: Id(5)] Guid? ActiveRun,
    [property: Id(6)] bool Embedded,
    [property: Id(7)] bool Busy);

/// <summary>The way to a connected runner.</summary>
[GenerateSerializer, Immutable]
internal sealed record RunnerRoute([property: Id(0)] string ConnectionId, [property: Id(1)] IRunnerGateway Gateway);
