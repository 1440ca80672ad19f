namespace Brigade.Contracts.Messages;

/// <summary>What a runner calls on the server (SignalR hub at <see cref="Path"/>).</summary>
public interface IRunnerServer
{
    const string Path = "/hubs/runner";

    /// <summary>The longest event in bytes: a runner journals none that is longer, and the server takes each.</summary>
    const int LongestEvent = 16 * 1024 * 1024;

    /// <summary>The first call after connecting, and again after each reconnect.</summary>
    Task Register(RunnerHello hello);

    /// <summary>Hands over events of a run. Answers the sequence number up to which all events of that run are committed; send the rest again after a cut.</summary>
    Task<long> Deliver(EventBatch batch);

    /// <summary>Where to continue: the sequence number up to which all events of a run are committed; -1 for none, <see cref="long.MaxValue"/> where the server needs no more of it and its journal can be deleted.</summary>
    Task<long> Committed(Guid runId);
}

/// <summary>What the server calls on a runner.</summary>
public interface IRunnerClient
{
    /// <summary>Execute this run. The runner answers by its events.</summary>
    Task Assign(RunAssignment assignment);

    Task Cancel(Guid runId);

    /// <summary>Look at code without running it. Never throws for what is wrong with the code: the reply says it.</summary>
    Task<CodeCheckReply> CheckCode(CodeCheckRequest request);

    /// <summary>Run exactly one task, now, beside whatever else runs. Never throws for what goes wrong with it: the reply says it.</summary>
    Task<TryReply> TryTask(TryRequest request);
}

/// <param name="RunnerId">Stable over restarts of the runner.</param>
/// <param name="Machine">As JSON in the form of <see cref="BrigadeJson"/>, so that both sides may grow apart by a version.</param>
/// <param name="ActiveRuns">Runs that the runner still executes or has undelivered events of.</param>
public sealed record RunnerHello(string RunnerId, string Name, string Version, string Machine, IReadOnlyList<Guid> ActiveRuns);

/// <param name="Spec">The experiment spec as JSON.</param>
/// <param name="Order">A <see cref="RunOrder"/> as JSON; it holds secrets.</param>
public sealed record RunAssignment(Guid RunId, string Spec, int Seed, string Order = "")
{
    public override string ToString() => $"run {RunId}";
}

/// <summary>Events of one run with consecutive sequence numbers.</summary>
/// <param name="FirstSequence">Sequence number of the first event; numbers start at 0 and have no gap.</param>
/// <param name="Events">Each one <see cref="RunEvent"/> as UTF-8 JSON in the form of <see cref="BrigadeJson"/>.</param>
public sealed record EventBatch(Guid RunId, long FirstSequence, IReadOnlyList<byte[]> Events);
