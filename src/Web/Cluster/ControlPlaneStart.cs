namespace Brigade.Web.Cluster;

/// <summary>Wakes the dispatcher when the server has started, so that runs which were open before a restart go on or are given up.</summary>
internal sealed class ControlPlaneStart(IGrainFactory grains) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken) => grains.GetGrain<IDispatcherGrain>(IDispatcherGrain.Key).Wake();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
