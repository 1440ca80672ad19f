using Brigade.Contracts.Messages;

namespace Brigade.Runner.Runs;

/// <summary>Hands each event to all outputs. One that cannot keep events stops the run, but not before the others had the event, and all get the last one.</summary>
internal sealed class Broadcast(IReadOnlyList<IRunOutput> outputs)
{
    private readonly List<IRunOutput> _working = [.. outputs];

    public async ValueTask WriteAsync(RunEvent runEvent)
    {
        RunOutputException? failure = null;
        foreach (var output in _working.ToArray())
        {
            try
            {
                await output.WriteAsync(runEvent);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                _working.Remove(output);
                failure ??= exception as RunOutputException ?? new RunOutputException($"The results cannot be kept: {exception.GetType().Name}: {exception.Message}", exception);
            }
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <summary>Writes the last event, then flushes and closes all outputs, those that failed before included.</summary>
    public async ValueTask EndAsync(RunEvent last)
    {
        foreach (var output in outputs)
        {
            try
            {
                await output.WriteAsync(last);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // It failed before, or has nothing to say about the end; the outcome is told by the caller as well.
            }
        }

        foreach (var output in outputs)
        {
            try
            {
                await output.DisposeAsync();
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // The others are closed all the same.
            }
        }
    }
}
