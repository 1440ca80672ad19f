namespace Brigade.Runner.Trials;

/// <summary>A trial failed. The message is one line for the user and does not start with a capital letter, so that it can be put into a sentence.</summary>
internal sealed class TrialException(string message, Exception? inner = null) : Exception(message, inner);
