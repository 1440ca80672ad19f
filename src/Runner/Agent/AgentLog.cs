namespace Brigade.Runner.Agent;

/// <summary>What an agent tells its operator: lines on standard output, problems on standard error.</summary>
internal sealed class AgentLog(TextWriter output, TextWriter errors)
{
    private string _lastProblem = "";

    public void Info(string message)
    {
        _lastProblem = "";
        Write(output, message);
    }

    /// <summary>Tells a problem once, not at every attempt.</summary>
    public void Problem(string message)
    {
        if (string.Equals(message, _lastProblem, StringComparison.Ordinal))
        {
            return;
        }

        _lastProblem = message;
        Write(errors, message);
    }

    /// <summary>A terminal that was closed, or a full disk, is no reason to stop working.</summary>
    private static void Write(TextWriter writer, string message)
    {
        try
        {
            writer.WriteLine($"brigade agent: {message}");
            writer.Flush();
        }
        catch (IOException)
        {
        }
    }
}
