namespace Brigade.Web.Cluster;

/// <summary>Logs what goes wrong at each try once, until it goes well or something else goes wrong.</summary>
internal sealed class Complaints(ILogger logger)
{
    private readonly Dictionary<Guid, string> _made = [];

    /// <param name="runId">The run it is about; <see cref="Guid.Empty"/> for the queue as a whole.</param>
    public void Make(Guid runId, Exception problem)
    {
        var message = problem.GetBaseException().Message;
        if (_made.TryGetValue(runId, out var before) && string.Equals(before, message, StringComparison.Ordinal))
            return;
        _made[runId] = message;
        if (runId == Guid.Empty)
            logger.LogError("The queue cannot be read, it is tried again: {Problem}", message);
        else
            logger.LogError(problem, "Run {Run} cannot be handed on, it is tried again and others go first", runId);
    }

    public void Settle(Guid runId) => _made.Remove(runId);
}
