using Brigade.Contracts.Runs;
using Brigade.Data.Queries;

namespace Brigade.Web.Cluster;

/// <summary>
/// Gives queued runs, oldest first, to runners that are free, and notices what became of runs whose runner went away.
/// The queue is the database; only connections are kept here, and what is kept is compared with the database at each tick, so that a call that
/// failed half-way costs time and no run. Not thread-safe: the grain around it calls one method at a time.
/// </summary>
internal sealed class Dispatcher(IRunStorage storage, Func<Guid, IRunGrain> runs, ControlPlaneOptions options, TimeProvider time, ILogger logger)
{
    private readonly Dictionary<string, Connection> _runners = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Holding> _holdings = [];
    private Dictionary<Guid, Guid> _workspaces = []; // of the runs that were open at the last look
    private readonly Complaints _complaints = new(logger);

    /// <summary>How many runners are connected, whomever they serve.</summary>
    public int Connected => _runners.Count;

    /// <summary>The runners that serve a workspace, by name. What one does for another workspace is nobody's business but that it is busy.</summary>
    public ConnectedRunner[] Runners(Guid workspaceId) => [.. _runners.Values
        .Where(runner => runner.Serves(workspaceId))
        .OrderBy(runner => runner.Registration.Name, StringComparer.OrdinalIgnoreCase)
        .Select(runner => new ConnectedRunner(
            runner.Registration.RunnerId, runner.Registration.Name, runner.Registration.Version, runner.Registration.Machine,
            runner.At, runner.Active.Where(runId => _workspaces.GetValueOrDefault(runId) == workspaceId).Select(runId => (Guid?)runId).FirstOrDefault(),
            runner.Registration.Embedded, !runner.IsFree))];

    public RunnerRoute? Route(string runnerId) =>
        _runners.TryGetValue(runnerId, out var runner) ? new RunnerRoute(runner.Registration.ConnectionId, runner.Gateway) : null;

    public async Task RegisterAsync(RunnerRegistration registration, IRunnerGateway gateway)
    {
        // The same call again, whose answer came too late: what was assigned meanwhile is not in it.
        if (_runners.TryGetValue(registration.RunnerId, out var known) && string.Equals(known.Registration.ConnectionId, registration.ConnectionId, StringComparison.Ordinal))
            return;

        // After a restart, what somebody was executing is known only to the database.
        Reconcile(await OpenRunsAsync());
        var runner = new Connection(registration, gateway, time.GetUtcNow());
        _runners[registration.RunnerId] = runner;
        foreach (var runId in registration.ActiveRuns)
            await ResumeAsync(runId, runner);
        foreach (var holding in _holdings.Where(pair => pair.Value.IsOf(registration) && !registration.ActiveRuns.Contains(pair.Key)).Select(pair => pair.Value))
            holding.GiveUp(time.GetUtcNow(), $"The runner {registration.Name} was started again and no longer has this run.");
        await TickAsync();
    }

    public void Disconnected(string connectionId)
    {
        var gone = _runners.Values.FirstOrDefault(runner => string.Equals(runner.Registration.ConnectionId, connectionId, StringComparison.Ordinal));
        if (gone is null)
            return;
        _runners.Remove(gone.Registration.RunnerId);
        foreach (var holding in _holdings.Values.Where(holding => string.Equals(holding.RunnerId, gone.Registration.RunnerId, StringComparison.Ordinal)))
            Miss(holding);
    }

    /// <summary>Notes that these are still connected; answers those that are not known.</summary>
    public string[] Renew(IReadOnlyCollection<string> connectionIds)
    {
        var now = time.GetUtcNow();
        var known = _runners.Values.ToDictionary(runner => runner.Registration.ConnectionId, StringComparer.Ordinal);
        foreach (var id in connectionIds)
        {
            if (known.TryGetValue(id, out var runner))
                runner.SeenAt = now;
        }

        return [.. connectionIds.Where(id => !known.ContainsKey(id))];
    }

    public Task DispatchAsync() => _runners.Values.Any(runner => runner.IsFree) ? TickAsync() : Task.CompletedTask;

    public Task RunEndedAsync(Guid runId)
    {
        _holdings.Remove(runId);
        foreach (var runner in _runners.Values)
            runner.Active.Remove(runId);
        return DispatchAsync();
    }

    public Task CancelAsync(Guid runId, string runnerId) =>
        _runners.TryGetValue(runnerId, out var runner) ? runner.Gateway.Cancel(runner.Registration.ConnectionId, runId) : Task.CompletedTask;

    /// <summary>Gives up runs whose runner has been gone too long, and hands out the queue.</summary>
    public async Task TickAsync()
    {
        DropSilent();
        var open = await OpenRunsAsync();
        Reconcile(open);
        if (await GiveUpAsync())
            open = await OpenRunsAsync();
        foreach (var run in (open ?? []).Where(run => run.Status == RunStatus.Queued))
        {
            if (!_runners.Values.Any(candidate => candidate.IsFree))
                return;

            // A workspace's own runner before one that others wait for too.
            if (_runners.Values.Where(candidate => candidate.IsFree && candidate.Serves(run.WorkspaceId)).MinBy(candidate => candidate.Registration.WorkspaceId is null) is { } runner)
                await TryAsync(run.Id, () => AssignAsync(run, runner));
        }
    }

    /// <summary>Null where the database does not answer: the next tick asks again.</summary>
    private async Task<IReadOnlyList<RunRow>?> OpenRunsAsync()
    {
        IReadOnlyList<RunRow>? open = null;
        await TryAsync(Guid.Empty, async () => open = await storage.ListOpenAsync());
        return open;
    }

    /// <summary>Forgets what has ended without our hearing of it, and waits for the runners of runs that nobody here is known to have.</summary>
    private void Reconcile(IReadOnlyList<RunRow>? open)
    {
        if (open is null)
            return;
        _workspaces = open.ToDictionary(run => run.Id, run => run.WorkspaceId);
        var executing = open.Where(run => run.Status != RunStatus.Queued).ToDictionary(run => run.Id);
        foreach (var ended in _holdings.Keys.Where(runId => !executing.ContainsKey(runId)).ToList())
            _holdings.Remove(ended);
        foreach (var runner in _runners.Values)
            runner.Active.RemoveWhere(runId => !executing.ContainsKey(runId));
        foreach (var run in executing.Values.Where(run => !_holdings.ContainsKey(run.Id)))
            Miss(_holdings[run.Id] = new Holding(null, run.RunnerName));
    }

    /// <summary>Runners of a node that is gone: it cannot say so itself.</summary>
    private void DropSilent()
    {
        if (options.SilentAfter is not { } silentAfter)
            return;
        foreach (var silent in _runners.Values.Where(runner => time.GetUtcNow() - runner.SeenAt > silentAfter).Select(runner => runner.Registration.ConnectionId).ToList())
            Disconnected(silent);
    }

    private async Task ResumeAsync(Guid runId, Connection runner)
    {
        var registration = runner.Registration;
        var answer = Resumption.Unknown;
        await TryAsync(runId, async () => answer = await runs(runId).Resume(registration.RunnerId, registration.Name));
        var isHeld = _holdings.TryGetValue(runId, out var holding) && holding.IsOf(registration);
        if (answer is Resumption.Continue or Resumption.Stop || (answer is Resumption.Unknown && isHeld))
        {
            runner.Active.Add(runId);
            _holdings[runId] = new Holding(registration.RunnerId, registration.Name);
        }

        if (answer is Resumption.Stop or Resumption.Refused)
            await TryAsync(runId, () => runner.Gateway.Cancel(registration.ConnectionId, runId));
    }

    /// <summary>Answers whether there was anything to give up, which may be back in the queue now.</summary>
    private async Task<bool> GiveUpAsync()
    {
        var now = time.GetUtcNow();
        var before = _holdings.Count;
        foreach (var (runId, holding) in _holdings.Where(pair => pair.Value.GiveUpAt <= now).ToList())
        {
            await TryAsync(runId, async () =>
            {
                if (!await runs(runId).Abandon(holding.Reason))
                    return;
                logger.LogWarning("Run {Run} is given up: {Reason}", runId, holding.Reason);
                _holdings.Remove(runId);
            });
        }

        return _holdings.Count < before;
    }

    private async Task AssignAsync(RunRow run, Connection runner)
    {
        var registration = runner.Registration;
        var assigned = await runs(run.Id).Assign(registration.RunnerId, registration.Name);
        if (assigned is null)
            return;
        runner.Active.Add(run.Id);
        _holdings[run.Id] = new Holding(registration.RunnerId, registration.Name);
        await runner.Gateway.Assign(registration.ConnectionId, run.Id, assigned.Spec, assigned.Seed);
    }

    private void Miss(Holding holding) => holding.GiveUp(
        time.GetUtcNow() + options.LostAfter, $"The runner {holding.RunnerName} went away and did not come back within {options.LostAfter.TotalSeconds:0} s.");

    /// <summary>What goes wrong with one run must not keep others from theirs.</summary>
    private async Task TryAsync(Guid runId, Func<Task> step)
    {
        try
        {
            await step();
            _complaints.Settle(runId);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            _complaints.Make(runId, problem);
        }
    }

    private sealed record Connection(RunnerRegistration Registration, IRunnerGateway Gateway, DateTimeOffset At)
    {
        public HashSet<Guid> Active { get; } = [];

        /// <summary>When its node last said that it is connected.</summary>
        public DateTimeOffset SeenAt { get; set; } = At;

        public bool IsFree => Active.Count == 0;

        public bool Serves(Guid workspaceId) => Registration.WorkspaceId is not { } own || own == workspaceId;
    }

    /// <summary>Who executes a run. After a restart only the name is known.</summary>
    private sealed record Holding(string? RunnerId, string RunnerName)
    {
        /// <summary>When the run is given up unless its runner comes; null while it is here.</summary>
        public DateTimeOffset? GiveUpAt { get; private set; }

        public string Reason { get; private set; } = "";

        public void GiveUp(DateTimeOffset at, string reason) => (GiveUpAt, Reason) = (at, reason);

        // A name is enough only for the embedded runner, of which there is one.
        public bool IsOf(RunnerRegistration registration) => RunnerId is null
            ? registration.Embedded && string.Equals(RunnerName, registration.Name, StringComparison.Ordinal)
            : string.Equals(RunnerId, registration.RunnerId, StringComparison.Ordinal);
    }
}
