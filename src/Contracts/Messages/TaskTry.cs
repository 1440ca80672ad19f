namespace Brigade.Contracts.Messages;

/// <summary>One task to run, once, outside of any run.</summary>
/// <param name="Spec">The experiment spec as JSON; its first cell says how. Warm-up, load and repetitions are left out.</param>
/// <param name="Runtime">The runtime to use in place of the first one; empty for that.</param>
/// <param name="Order">A <see cref="RunOrder"/> as JSON; it holds secrets.</param>
public sealed record TryRequest(string Spec, string Runtime = "", string Order = "")
{
    public override string ToString() => nameof(TryRequest);
}

/// <summary>What one task did.</summary>
/// <param name="Runtime">The runtime that ran it, such as <c>python3.11</c>; empty where none did.</param>
/// <param name="Result">What it returned, as text, bounded; empty where it did not end well.</param>
/// <param name="Milliseconds">How long the task took; 0 where it did not run.</param>
/// <param name="StartupMs">From the start of the process until the worker was up; 0 where it did not come so far.</param>
/// <param name="Error">Why it did not end well, in one line; empty where it did.</param>
/// <param name="Detail">What helps to understand the error, such as a traceback or all messages of the compiler.</param>
/// <param name="Output">What it printed, bounded.</param>
/// <param name="Warnings">In plain sentences.</param>
public sealed record TryReply(
    string Runtime, string Result, double Milliseconds, double StartupMs, string Error, string Detail, string Output, IReadOnlyList<string> Warnings)
{
    /// <summary>Of a task that could not even be started.</summary>
    public static TryReply Refused(string error, string detail = "") => new("", "", 0, 0, error, detail, "", []);
}
