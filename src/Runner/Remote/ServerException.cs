using System.Net;
using Brigade.Runner.Commands;

namespace Brigade.Runner.Remote;

/// <summary>A server could not be asked, or refused. The message says what, and how to mend it, in a line.</summary>
/// <param name="status">What it answered; null where it did not answer.</param>
internal sealed class ServerException(string message, HttpStatusCode? status = null, Exception? inner = null) : Exception(message, inner)
{
    public HttpStatusCode? Status { get; } = status;

    /// <summary>Whether the same request may go well a moment later.</summary>
    public bool IsTransient => Status is null or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)Status >= 500;

    /// <summary>Whose fault it is: the arguments', or nobody's at the command line.</summary>
    public int ExitCode => IsTransient ? ExitCodes.RunFailed : ExitCodes.Wrong;
}
