using Brigade.Contracts.Runs;
using Brigade.Data.Queries;

namespace Brigade.Web.Cluster;

/// <summary>
/// Gives queued runs, oldest first, to runners that are free, and notices what became of runs whose runner went away.
/// The queue is the database; only connections are kept here. Not thread-safe: the grain around it calls one method at a time.
/// </summary>
internal sealed class Dispatcher(IRunStorage storage, Func<Guid, IRunGrain> runs, ControlPlaneOptions options, TimeProvider time, ILogger logger)
{
    private readonly Dictionary<string, Connection> _runners = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Holding> _holdings = [];

    public ConnectedRunner[] Runners => [.. _runners.Values
        .OrderBy(runner => runner.Registration.Name, StringComparer.OrdinalIgnoreCase)
        .Select(runner => new ConnectedRunner(
            runner.Registration.RunnerId, runner.Registration.Name, runner.Registration.Version, runner.Registration.Machine,
            runner.At, runner.Active.Count > 0 ? runner.Active.First() : null, runner.Registration.Embedded))];

    /// <summary>After a restart: runs that somebody was executing wait for their runner to come back.</summary>
    public async Task LoadAsync()
    {
        foreach (var run in (await storage.ListOpenAsync()).Where(run => run.Status != RunStatus.Queued))
            _holdings[run.Id] = new Holding(null, run.RunnerName) { AbsentSince = time.GetUtcNow() };
    }

    public async Task RegisterAsync(RunnerRegistration registration, IRunnerGateway gateway)
    {
        var runner = new Connection(registration, gateway, time.GetUtcNow());
        _runners[registration.RunnerId] = runner;
        foreach (var runId in registration.ActiveRuns)
        {
            if (await runs(runId).Resume(registration.RunnerId))
            {
                runner.Active.Add(runId);
                _holdings[runId] = new Holding(registration.RunnerId, registration.Name);
            }
            else
            {
                await gateway.Cancel(registration.ConnectionId, runId);
            }
        }

        foreach (var (runId, _) in _holdings.Where(pair => pair.Value.IsOf(registration) && !runner.Active.Contains(pair.Key)).ToList())
        {
            _holdings.Remove(runId);
            await runs(runId).Abandon($"The runner {registration.Name} was started again and no longer has this run.");
        }

        await DispatchAsync();
    }

    public void Disconnected(string connectionId)
    {
        var gone = _runners.Values.FirstOrDefault(runner => string.Equals(runner.Registration.ConnectionId, connectionId, StringComparison.Ordinal));
        if (gone is null)
            return;
        _runners.Remove(gone.Registration.RunnerId);
        foreach (var holding in _holdings.Values.Where(holding => string.Equals(holding.RunnerId, gone.Registration.RunnerId, StringComparison.Ordinal)))
            holding.AbsentSince = time.GetUtcNow();
    }

    public async Task DispatchAsync()
    {
        if (!_runners.Values.Any(runner => runner.IsFree))
            return;
        foreach (var run in (await storage.ListOpenAsync()).Where(run => run.Status == RunStatus.Queued))
        {
            var runner = _runners.Values.FirstOrDefault(candidate => candidate.IsFree);
            if (runner is null)
                return;
            await AssignAsync(run, runner);
        }
    }

    public Task RunEndedAsync(Guid runId)
    {
        _holdings.Remove(runId);
        foreach (var runner in _runners.Values)
            runner.Active.Remove(runId);
        return DispatchAsync();
    }

    public Task CancelAsync(Guid runId, string runnerId) =>
        _runners.TryGetValue(runnerId, out var runner) ? runner.Gateway.Cancel(runner.Registration.ConnectionId, runId) : Task.CompletedTask;

    /// <summary>Gives up runs whose runner has been gone too long, and looks at the queue.</summary>
    public async Task TickAsync()
    {
        var now = time.GetUtcNow();
        foreach (var (runId, holding) in _holdings.Where(pair => now - pair.Value.AbsentSince >= options.LostAfter).ToList())
        {
            _holdings.Remove(runId);
            logger.LogWarning("Run {Run} is given up: its runner {Runner} is gone", runId, holding.RunnerName);
            await runs(runId).Abandon($"The runner {holding.RunnerName} went away and did not come back within {options.LostAfter.TotalSeconds:0} s.");
        }

        await DispatchAsync();
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

    private sealed record Connection(RunnerRegistration Registration, IRunnerGateway Gateway, DateTimeOffset At)
    {
        public HashSet<Guid> Active { get; } = [];

        public bool IsFree => Active.Count == 0;
    }

    /// <summary>Who executes a run. After a restart only the name is known.</summary>
    private sealed record Holding(string? RunnerId, string RunnerName)
    {
        public DateTimeOffset? AbsentSince { get; set; }

        // A name is enough only for the embedded runner, of which there is one.
        public bool IsOf(RunnerRegistration registration) => RunnerId is null
            ? registration.Embedded && string.Equals(RunnerName, registration.Name, StringComparison.Ordinal)
            : string.Equals(RunnerId, registration.RunnerId, StringComparison.Ordinal);
    }
}
