using System.Threading.Channels;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Support;

/// <summary>A runner that does what a test says, over the real hub.</summary>
internal sealed class FakeRunner : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly Channel<RunAssignment> _assigned = Channel.CreateUnbounded<RunAssignment>();
    private readonly Channel<Guid> _cancelled = Channel.CreateUnbounded<Guid>();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeRunner(HubConnection connection)
    {
        _connection = connection;
        connection.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
        connection.On<RunAssignment>(nameof(IRunnerClient.Assign), assignment => _assigned.Writer.TryWrite(assignment));
        connection.On<Guid>(nameof(IRunnerClient.Cancel), runId => _cancelled.Writer.TryWrite(runId));
    }

    private static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    public static async Task<FakeRunner> ConnectAsync(BrigadeServer server, string? token = null)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(server.Address + IRunnerServer.Path, options => options.AccessTokenProvider = () => Task.FromResult<string?>(token ?? server.RunnerToken))
            .AddMessagePackProtocol()
            .Build();
        var runner = new FakeRunner(connection);
        await connection.StartAsync();
        return runner;
    }

    public Task RegisterAsync(string id = "r1", params Guid[] active) => _connection.InvokeAsync(
        nameof(IRunnerServer.Register), new RunnerHello(id, "fake", "0.1.0", System.Text.Json.JsonSerializer.Serialize(Given.Machine, BrigadeJson.Options), active));

    public Task<long> DeliverAsync(Guid run, long first, params RunEvent[] events) =>
        _connection.InvokeAsync<long>(nameof(IRunnerServer.Deliver), new EventBatch(run, first, Given.Raw(events)));

    public Task<long> CommittedAsync(Guid run) => _connection.InvokeAsync<long>(nameof(IRunnerServer.Committed), run);

    public async Task<RunAssignment> AssignedAsync() => await _assigned.Reader.ReadAsync(Patience);

    /// <summary>Waits until the server has ended the connection.</summary>
    public Task ClosedAsync() => _closed.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public async Task<Guid> CancelledAsync() => await _cancelled.Reader.ReadAsync(Patience);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
