using Brigade.Web.Operations;
using Microsoft.Extensions.Options;

namespace Brigade.Web.Cluster;

/// <summary>The grain around a <see cref="Dispatcher"/>.</summary>
internal sealed class DispatcherGrain : Grain, IDispatcherGrain
{
    private readonly Dispatcher _dispatcher;
    private readonly ControlPlaneOptions _options;
    private readonly Telemetry _telemetry;

    public DispatcherGrain(IRunStorage storage, IOptions<ControlPlaneOptions> options, TimeProvider time, Telemetry telemetry, ILogger<DispatcherGrain> logger)
    {
        _options = options.Value;
        _telemetry = telemetry;
        _dispatcher = new Dispatcher(storage, runId => GrainFactory.GetGrain<IRunGrain>(runId), _options, time, logger);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(_options.Tick, _options.Tick) { KeepAlive = true });
        return Task.CompletedTask;
    }

    public Task Register(RunnerRegistration registration, IRunnerGateway gateway) => _dispatcher.RegisterAsync(registration, gateway);

    public Task Disconnected(string connectionId)
    {
        _dispatcher.Disconnected(connectionId);
        return Task.CompletedTask;
    }

    public Task<string[]> Renew(string[] connectionIds) => Task.FromResult(_dispatcher.Renew(connectionIds));

    public Task<ConnectedRunner[]> Runners(Guid workspaceId) => Task.FromResult(_dispatcher.Runners(workspaceId));

    public Task<RunnerRoute?> Route(string runnerId) => Task.FromResult(_dispatcher.Route(runnerId));

    public Task Wake() => _dispatcher.DispatchAsync();

    public Task RunEnded(Guid runId) => _dispatcher.RunEndedAsync(runId);

    public Task CancelOnRunner(Guid runId, string runnerId) => _dispatcher.CancelAsync(runId, runnerId);

    private async Task TickAsync()
    {
        await _dispatcher.TickAsync();
        _telemetry.SawRunners(_dispatcher.Connected);
    }
}
