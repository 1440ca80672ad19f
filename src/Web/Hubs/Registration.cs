using Brigade.Web.Cluster;

namespace Brigade.Web.Hubs;

/// <summary>Makes a runner known to the dispatcher, but no longer than its connection lasts.</summary>
internal static class Registration
{
    /// <param name="aborted">Fires when the connection ends. Its disconnection may then have been told already, before a repeated call registered it.</param>
    public static async Task RegisterAsync(IDispatcherGrain dispatcher, RunnerRegistration registration, IRunnerGateway gateway, CancellationToken aborted)
    {
        try
        {
            await Transient.RetryAsync(() => dispatcher.Register(registration, gateway), aborted);
        }
        finally
        {
            if (aborted.IsCancellationRequested)
                await Transient.RetryAsync(() => dispatcher.Disconnected(registration.ConnectionId), CancellationToken.None);
        }
    }
}
