namespace Brigade.Runner.Protocol;

/// <summary>A trial host broke the trial protocol. The message says what came and what was expected, for a person to read.</summary>
public sealed class ProtocolException(string message, Exception? inner = null) : Exception(message, inner);
