using Microsoft.Extensions.Options;

namespace Brigade.Web.Cluster;

/// <summary>Holds on to the database while the server runs, and ends the server where another one has taken it.</summary>
internal sealed class SingleNodeWatch(
    SingleNode node, IHostApplicationLifetime lifetime, IOptions<ControlPlaneOptions> options, TimeProvider time, ILogger<SingleNodeWatch> logger) : BackgroundService
{
    // A connection of ours that was cut keeps the lock until PostgreSQL notices.
    private const int MostRefusals = 6;

    private int _refusals;
    private bool _isTroubled;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.HoldEvery, time);
        try
        {
            while (_refusals < MostRefusals && await timer.WaitForNextTickAsync(stoppingToken))
                await HoldAsync();
        }
        catch (OperationCanceledException)
        {
            return; // the server stops
        }

        logger.LogCritical("Another Brigade uses the same database now, so this one stops. Nodes of one cluster have to be told where the others reach them.");
        node.IsLost = true;
        lifetime.StopApplication();
    }

    private async Task HoldAsync()
    {
        try
        {
            _refusals = await node.HoldAsync() ? 0 : _refusals + 1;
            if (_isTroubled && _refusals == 0)
                logger.LogInformation("The database is held again");
            _isTroubled = _refusals > 0;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            if (!_isTroubled)
                logger.LogWarning("The connection that keeps other servers off the database was lost, it is made again: {Problem}", problem.Message);
            _isTroubled = true;
        }
    }
}
