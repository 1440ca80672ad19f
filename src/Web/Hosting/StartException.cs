namespace Brigade.Web.Hosting;

/// <summary>The server cannot start. The message is one line for the user: what, where, how to mend.</summary>
public sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
