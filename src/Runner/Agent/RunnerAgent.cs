using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Runner.Agent.Journal;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Trials;
using Microsoft.AspNetCore.SignalR;

namespace Brigade.Runner.Agent;

/// <summary>Connects to a server for as long as it is told to, executes the runs that it is given and delivers their journals.</summary>
internal sealed class RunnerAgent : IRunnerClient
{
    private readonly AgentOptions _options;
    private readonly string _runnerId;
    private readonly JournalStore _journals;
    private readonly RunWorker _worker;
    private readonly CodeAnswers _answers;
    private readonly AgentLog _log;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<Guid, ActiveRun> _runs = new();
    private readonly ReconnectDelay _delay = new(Random.Shared);
    private readonly Lock _delivering = new();
    private Action<ActiveRun>? _deliver;
    private CancellationToken _stopping;

    public RunnerAgent(AgentOptions options, string runnerId, Func<IReadOnlyList<RuntimeInfo>, ITrialHosts> hosts, AgentLog log, TimeProvider time)
    {
        _options = options;
        _runnerId = runnerId;
        _log = log;
        _time = time;
        _journals = new JournalStore(options.DataDirectory);
        _worker = new RunWorker(_journals, hosts, log, time);
        _answers = new CodeAnswers(hosts, () => _worker.IsMeasuring, time);
    }

    /// <summary>Runs until stopped. Journals that an earlier process left are delivered too.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        _stopping = stopping;
        foreach (var run in _journals.Recover(_time))
        {
            _runs.TryAdd(run.RunId, run);
        }

        var working = Swallow(_worker.WorkAsync(stopping));
        while (!stopping.IsCancellationRequested)
        {
            await ServeOnceAsync(stopping);
            if (!stopping.IsCancellationRequested)
            {
                await Swallow(Task.Delay(_delay.Next(), _time, stopping));
            }
        }

        await working;
        await _answers.DisposeAsync();
    }

    /// <inheritdoc/>
    public Task Assign(RunAssignment assignment)
    {
        // The server may say it twice; a journal that is still here is of the same run.
        var run = new ActiveRun(assignment.RunId, isWritten: false);
        if (!_runs.TryAdd(assignment.RunId, run))
        {
            run.Dispose();
            return Task.CompletedTask;
        }

        _worker.Enqueue(assignment, run);
        lock (_delivering)
        {
            _deliver?.Invoke(run);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Cancel(Guid runId)
    {
        if (_runs.TryGetValue(runId, out var run))
        {
            run.Cancel();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<CodeCheckReply> CheckCode(CodeCheckRequest request) => _answers.CheckAsync(request, _stopping);

    /// <inheritdoc/>
    public Task<TryReply> TryTask(TryRequest request) => _answers.TryAsync(request, _stopping);

    /// <summary>One connection, from its start to its loss.</summary>
    private async Task ServeOnceAsync(CancellationToken stopping)
    {
        try
        {
            await using var connection = new RunnerConnection(_options.Server, _options.Token, this);
            await connection.StartAsync(stopping);
            using var lost = CancellationTokenSource.CreateLinkedTokenSource(stopping, connection.Closed);
            await connection.Register(await HelloAsync(stopping));
            _delay.Reset();
            _log.Info($"connected to {_options.Server} as {_options.Name}");
            await DeliverAllAsync(connection, lost.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _log.Problem($"{Explain(exception)} Trying again until it works.");
        }
    }

    private async Task<RunnerHello> HelloAsync(CancellationToken cancellation)
    {
        var machine = await MachineFacts.ReadAsync(cancellation);
        var version = MachineFacts.ProductVersion;
        return new RunnerHello(_runnerId, _options.Name, version, JsonSerializer.Serialize(machine, BrigadeJson.Options), [.. _runs.Keys]);
    }

    private async Task DeliverAllAsync(RunnerConnection connection, CancellationToken lost)
    {
        var deliveries = new ConcurrentBag<Task>();
        var delivery = new RunDelivery(connection, _journals, _time);
        lock (_delivering)
        {
            _deliver = run => deliveries.Add(Swallow(DeliverAsync(delivery, run, lost)));
            foreach (var run in _runs.Values)
            {
                _deliver(run);
            }
        }

        await Swallow(Task.Delay(Timeout.InfiniteTimeSpan, _time, lost));
        lock (_delivering)
        {
            _deliver = null;
        }

        await Task.WhenAll(deliveries);
    }

    private async Task DeliverAsync(RunDelivery delivery, ActiveRun run, CancellationToken lost)
    {
        while (true)
        {
            try
            {
                await delivery.DeliverAsync(run, lost);
                break;
            }
            catch (Exception exception) when (exception is HubException or IOException)
            {
                _log.Problem($"run {run.RunId} cannot be delivered yet: {exception.Message}");
                await Task.Delay(_delay.Next(), _time, lost);
            }
        }

        // The server needs no more of it: a run that is still executed has been ended there.
        run.Cancel();
        while (!run.IsWritten)
        {
            await run.WaitAsync(TimeSpan.FromSeconds(1), _time, lost);
        }

        _journals.Delete(run.RunId);
        _runs.TryRemove(run.RunId, out _);
        run.Dispose();
    }

    private string Explain(Exception exception) => exception switch
    {
        HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => $"{_options.Server} refuses this runner's token; make a new one there.",
        HttpRequestException { StatusCode: HttpStatusCode.NotFound } => $"{_options.Server} is not a Brigade server, or of another version.",
        HttpRequestException { StatusCode: HttpStatusCode.ServiceUnavailable } => $"{_options.Server} is stopping or starting.",
        HubException => $"{_options.Server} does not take this runner: {exception.Message}",
        _ => $"{_options.Server} cannot be reached: {exception.GetBaseException().Message}.",
    };

    private static async Task Swallow(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
        }
    }
}
