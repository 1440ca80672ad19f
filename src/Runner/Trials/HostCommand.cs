namespace Brigade.Runner.Trials;

/// <summary>How to start the trial host of a runtime.</summary>
/// <param name="Environment">What the host needs beyond the few variables that every trial gets.</param>
internal sealed record HostCommand(string FileName, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment);
