namespace Brigade.Web.Access.Sessions;

/// <summary>Looks after what is open, because what it stands on may have been changed on another node, or straight in the database.</summary>
internal sealed class SessionPatrol(OpenSessions sessions, SessionLook look, TimeProvider time, ILogger<SessionPatrol> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(0.5);

    /// <summary>Judges everything that is open, and ends what does not hold any more.</summary>
    public async Task PassAsync(CancellationToken cancellation)
    {
        foreach (var session in sessions.All)
        {
            if (await look.JudgeAsync(session.Who, cancellation) != SessionVerdict.Same)
                session.End();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await PassAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // The database is away for a moment: the next pass asks again, and requests are refused meanwhile.
                logger.LogDebug(problem, "Open sessions could not be looked at");
            }
        }
    }
}
