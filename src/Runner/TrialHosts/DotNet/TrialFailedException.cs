namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>The trial cannot go on. The message is for the user: it becomes the <c>failed</c> record.</summary>
internal sealed class TrialFailedException(string message, string detail = "") : Exception(message)
{
    public string Detail { get; } = detail;
}
