using Orleans.Concurrency;

namespace Brigade.Web.Cluster;

/// <summary>Gives queued runs to runners. One for all workspaces, because one runner may serve several and still measures one run at a time; it keeps to the border itself.</summary>
internal interface IDispatcherGrain : IGrainWithGuidKey
{
    /// <summary>The key of the one that there is.</summary>
    static readonly Guid Key = new("d15fa7c4-0000-4000-8000-000000000001");

    /// <summary>A runner has connected, or connected again.</summary>
    Task Register(RunnerRegistration registration, IRunnerGateway gateway);

    Task Disconnected(string connectionId);

    /// <summary>A node says which runners are connected to it; answers those that the dispatcher does not know.</summary>
    Task<string[]> Renew(string[] connectionIds);

    /// <summary>The runners that serve a workspace.</summary>
    Task<ConnectedRunner[]> Runners(Guid workspaceId);

    /// <summary>The way to a runner; null where it is not connected.</summary>
    Task<RunnerRoute?> Route(string runnerId);

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

    /// <summary>Has a runner look at code.</summary>
    /// <param name="request">A <see cref="Contracts.Messages.CodeCheckRequest"/> as JSON; the answer is a <see cref="Contracts.Messages.CodeCheckReply"/>.</param>
    [ResponseTimeout(Patience)]
    Task<string> CheckCode(string connectionId, string request);

    /// <summary>Has a runner run one task.</summary>
    /// <param name="workspaceId">Whose secrets and network it has.</param>
    /// <param name="request">A <see cref="Contracts.Messages.TryRequest"/> as JSON; the answer is a <see cref="Contracts.Messages.TryReply"/>.</param>
    [ResponseTimeout(Patience)]
    Task<string> TryTask(string connectionId, Guid workspaceId, string request);

    /// <summary>A task may take as long as its time-out allows; nobody waits longer than this for it.</summary>
    const string Patience = "00:02:00";
}
