using Brigade.Contracts.Messages;

namespace Brigade.Runner.Runs;

/// <summary>Takes the events of one run, in order and one at a time. Outputs are peers: console, file, server. Disposing is the last flush and always happens.</summary>
internal interface IRunOutput : IAsyncDisposable
{
    /// <summary>Takes an event.</summary>
    /// <exception cref="RunOutputException">It cannot be kept; the run stops with the message.</exception>
    ValueTask WriteAsync(RunEvent runEvent);
}

/// <summary>An output cannot keep events any more. The message says what and how to mend it.</summary>
internal sealed class RunOutputException(string message, Exception? inner = null) : Exception(message, inner)
{
    private const int NoSpaceLeft = 28;

    /// <summary>Of a failed write to a file.</summary>
    public static RunOutputException Of(string path, IOException exception) => new(
        exception.HResult == NoSpaceLeft || exception.Message.StartsWith("No space left", StringComparison.Ordinal)
            ? $"The disk is full: {path} cannot be written. What was written before is kept; make room and run again."
            : $"{path} cannot be written: {exception.Message}",
        exception);
}
