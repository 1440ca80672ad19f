using System.Collections.Concurrent;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Brigade.Runner.Tests.Fakes;

/// <summary>A real Kestrel with a real SignalR hub, which can be cut and started again on the same port. What it committed survives that, like a database.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    public const string Token = "the-token";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentDictionary<Guid, List<byte[]>> _committed = new();
    private WebApplication? _app;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public List<RunnerHello> Hellos { get; } = [];

    public int Duplicates { get; private set; }

    /// <summary>Events that are taken but not committed until told: they are lost with a restart.</summary>
    public bool HoldsBack { get; set; }

    /// <summary>How many deliveries are refused.</summary>
    public int Refusals { get; set; }

    /// <summary>Called, outside of any lock, after each delivery.</summary>
    public Func<Guid, IReadOnlyList<RunEvent>, Task> OnDelivered { get; set; } = (_, _) => Task.CompletedTask;

    public ConcurrentDictionary<Guid, List<byte[]>> Pending { get; } = new();

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Address.ToString());
        builder.Services.AddSingleton(this);
        builder.Services.AddSignalR(options => options.MaximumReceiveMessageSize = 4 << 20).AddMessagePackProtocol();
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            if (string.Equals(context.Request.Headers.Authorization.ToString(), $"Bearer {Token}", StringComparison.Ordinal))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        });
        _app.MapHub<FakeRunnerHub>(IRunnerServer.Path);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
    }

    /// <summary>Cuts all connections at once and stops listening.</summary>
    public async Task CutAsync()
    {
        Pending.Clear();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app!.StopAsync(now.Token);
        await _app.DisposeAsync();
        _app = null;
    }

    public Task AssignAsync(RunAssignment assignment) => Clients.All.Assign(assignment);

    /// <summary>Connections of runners, as the hub sees them.</summary>
    public ConcurrentBag<string> Connections { get; } = [];

    public Task<CodeCheckReply> CheckCodeAsync(CodeCheckRequest request) => Clients.Client(Connections.First()).CheckCode(request);

    public Task<TryReply> TryTaskAsync(TryRequest request) => Clients.Client(Connections.First()).TryTask(request);

    public Task CancelAsync(Guid runId) => Clients.All.Cancel(runId);

    public IReadOnlyList<RunEvent> Events(Guid runId)
    {
        lock (_committed)
        {
            return [.. _committed.GetValueOrDefault(runId, []).Select(Read)];
        }
    }

    public Task<RunEnded> EndAsync(Guid runId) => UntilAsync(() => Events(runId).OfType<RunEnded>().FirstOrDefault(), "the run to end");

    public static async Task<T> UntilAsync<T>(Func<T?> condition, string what)
        where T : class
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (condition() is { } value)
            {
                return value;
            }

            Assert(!patience.IsCancellationRequested, $"waited too long for {what}");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await CutAsync();
        }
    }

    internal long Committed(Guid runId)
    {
        lock (_committed)
        {
            var events = _committed.GetValueOrDefault(runId, []);
            return events.Count > 0 && Read(events[^1]) is RunEnded ? long.MaxValue : events.Count - 1;
        }
    }

    internal async Task<long> DeliverAsync(EventBatch batch)
    {
        lock (_committed)
        {
            if (Refusals > 0)
            {
                Refusals--;
                throw new HubException("Not now.");
            }

            var committed = _committed.GetOrAdd(batch.RunId, _ => []);
            var pending = Pending.GetOrAdd(batch.RunId, _ => []);
            var next = committed.Count + pending.Count;
            if (batch.FirstSequence > next)
            {
                throw new HubException($"Events from {next} on are missing.");
            }

            var old = (int)Math.Min(next - batch.FirstSequence, batch.Events.Count);
            Duplicates += old;
            pending.AddRange(batch.Events.Skip(old));
            if (!HoldsBack)
            {
                committed.AddRange(pending);
                pending.Clear();
            }
        }

        await OnDelivered(batch.RunId, [.. batch.Events.Select(Read)]);
        return Committed(batch.RunId);
    }

    private static void Assert(bool holds, string message) => Xunit.Assert.True(holds, message);

    private static RunEvent Read(byte[] json) => JsonSerializer.Deserialize<RunEvent>(json, BrigadeJson.Options)!;

    private IHubContext<FakeRunnerHub, IRunnerClient> Hub => _app!.Services.GetRequiredService<IHubContext<FakeRunnerHub, IRunnerClient>>();

    private IHubClients<IRunnerClient> Clients => Hub.Clients;
}

internal sealed class FakeRunnerHub(FakeServer server) : Hub<IRunnerClient>, IRunnerServer
{
    public Task Register(RunnerHello hello)
    {
        lock (server.Hellos)
        {
            server.Connections.Add(Context.ConnectionId);
            server.Hellos.Add(hello);
        }

        return Task.CompletedTask;
    }

    public Task<long> Deliver(EventBatch batch) => server.DeliverAsync(batch);

    public Task<long> Committed(Guid runId) => Task.FromResult(server.Committed(runId));
}
