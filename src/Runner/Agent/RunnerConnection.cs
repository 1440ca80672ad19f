using Brigade.Contracts.Messages;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Runner.Agent;

/// <summary>One connection to the server's hub for runners.</summary>
internal sealed class RunnerConnection : IRunnerServer, IAsyncDisposable
{
    private readonly HubConnection _hub;
    private readonly CancellationTokenSource _closed = new();

    public RunnerConnection(Uri server, string token, IRunnerClient client)
    {
        _hub = new HubConnectionBuilder()
            .WithUrl(server.AbsoluteUri.TrimEnd('/') + IRunnerServer.Path, options => options.AccessTokenProvider = () => Task.FromResult<string?>(token))
            .AddMessagePackProtocol()
            .WithKeepAliveInterval(TimeSpan.FromSeconds(5))
            .WithServerTimeout(TimeSpan.FromSeconds(15))
            .Build();
        _hub.On<RunAssignment>(nameof(IRunnerClient.Assign), client.Assign);
        _hub.On<Guid>(nameof(IRunnerClient.Cancel), client.Cancel);
        _hub.On<CodeCheckRequest, CodeCheckReply>(nameof(IRunnerClient.CheckCode), client.CheckCode);
        _hub.On<TryRequest, TryReply>(nameof(IRunnerClient.TryTask), client.TryTask);
        _hub.Closed += _ => _closed.CancelAsync();
    }

    /// <summary>Fires when the connection is lost.</summary>
    public CancellationToken Closed => _closed.Token;

    public Task StartAsync(CancellationToken cancellation) => _hub.StartAsync(cancellation);

    public Task Register(RunnerHello hello) => _hub.InvokeAsync(nameof(Register), hello, Closed);

    public Task<long> Deliver(EventBatch batch) => _hub.InvokeAsync<long>(nameof(Deliver), batch, Closed);

    public Task<long> Committed(Guid runId) => _hub.InvokeAsync<long>(nameof(Committed), runId, Closed);

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _closed.Dispose();
    }
}
