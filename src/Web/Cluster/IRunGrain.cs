using Orleans.Concurrency;

namespace Brigade.Web.Cluster;

/// <summary>The one owner of a run in the whole cluster; the key is the run's id.</summary>
internal interface IRunGrain : IGrainWithGuidKey
{
    /// <summary>Moves a queued run to assigned. Null where it is not queued (any more).</summary>
    Task<AssignedRun?> Assign(string runnerId, string runnerName);

    /// <summary>The runner no longer has the run: back to the queue where nothing of it was measured, else lost with the reason. False where that cannot be stored now.</summary>
    Task<bool> Abandon(string reason);

    /// <summary>A runner says that it has this run.</summary>
    Task<Resumption> Resume(string runnerId, string runnerName);

    /// <summary>Takes events, also late ones of a run that has ended; those that were taken before are skipped.</summary>
    Task<DeliverReply> Deliver(string runnerId, long first, byte[][] events);

    /// <summary>See <see cref="Contracts.Messages.IRunnerServer.Committed"/>.</summary>
    Task<long> Committed(string runnerId);

    /// <summary>False where the run does not exist.</summary>
    Task<bool> Cancel();

    /// <summary>Adds an observer, or renews it, and answers what is not in the database yet. Null where the run does not exist.</summary>
    Task<RunUpdate?> Watch(IRunObserver observer);

    Task Unwatch(IRunObserver observer);
}

/// <summary>A feed of a run on some node.</summary>
internal interface IRunObserver : IGrainObserver
{
    [OneWay]
    Task Updated(RunUpdate update);
}
