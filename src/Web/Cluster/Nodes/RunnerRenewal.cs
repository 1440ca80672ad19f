namespace Brigade.Web.Cluster.Nodes;

/// <summary>
/// Tells the dispatcher from time to time which runners are connected here: one that has just moved from a node that died knows none, and one that goes on forgets those of nodes that are gone.
/// </summary>
internal sealed class RunnerRenewal(RunnerGateway gateway, IGrainFactory grains, IRunStorage storage, TimeProvider time, ILogger<RunnerRenewal> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RenewAsync();
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // The cluster finds out who is alive, or the database is away: the next time asks again.
                logger.LogDebug(problem, "The runners of this node could not be told");
            }
        }
    }

    private async Task RenewAsync()
    {
        var dispatcher = grains.GetGrain<IDispatcherGrain>(IDispatcherGrain.Key);
        var unknown = await dispatcher.Renew(gateway.ConnectionIds);
        if (unknown.Length == 0)
            return;
        var open = (await storage.ListOpenAsync()).Select(run => run.Id).ToHashSet();
        foreach (var registration in gateway.Registrations(unknown, open))
            await dispatcher.Register(registration, gateway.Reference);
    }
}
