using Orleans.Concurrency;

namespace Brigade.Web.Cluster;

/// <summary>Gives queued runs to runners; one per workspace, whose id is the key.</summary>
internal interface IDispatcherGrain : IGrainWithGuidKey
{
    /// <summary>A runner has connected, or connected again.</summary>
    Task Register(RunnerRegistration registration, IRunnerGateway gateway);

    Task Disconnected(string connectionId);

    Task<ConnectedRunner[]> Runners();

    /// <summary>There may be something to assign. A caller need not care whether that works: the queue is looked at again soon.</summary>
    [OneWay]
    Task Wake();

    [OneWay]
    Task RunEnded(Guid runId);

    [OneWay]
    Task CancelOnRunner(Guid runId, string runnerId);
}

/// <summary>The node that holds a runner's connection.</summary>
internal interface IRunnerGateway : IGrainObserver
{
    [OneWay]
    Task Assign(string connectionId, Guid runId, string spec, int seed);

    [OneWay]
    Task Cancel(string connectionId, Guid runId);
}
