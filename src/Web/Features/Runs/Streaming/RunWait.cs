using Brigade.Contracts.Runs;
using Brigade.Web.Live;

namespace Brigade.Web.Features.Runs.Streaming;

/// <summary>Waits for the end of a run without asking again and again.</summary>
internal sealed class RunWait(ILiveRuns live, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Proxies cut what is silent for longer.</summary>
    public const int MostSeconds = 60;

    /// <summary>Returns when the run has ended, when the time is up or when the server stops; nothing tells which.</summary>
    /// <exception cref="OperationCanceledException">Whoever asked is gone.</exception>
    public async Task UntilEndedAsync(Guid run, TimeSpan patience, CancellationToken cancellation)
    {
        using var up = new CancellationTokenSource(patience, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(up.Token, lifetime.ApplicationStopping, cancellation);
        try
        {
            if (await live.WatchAsync(run, waiting.Token) is not { } viewer)
                return;
            await using (viewer)
            {
                while (!viewer.Seen.Status.IsTerminal())
                    await viewer.NextAsync(waiting.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time is up.
        }
    }
}
