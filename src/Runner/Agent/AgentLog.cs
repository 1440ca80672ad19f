namespace Brigade.Runner.Agent;

/// <summary>What an agent tells its operator: lines on standard output, problems on standard error.</summary>
internal sealed class AgentLog(TextWriter output, TextWriter errors)
{
    private string _lastProblem = "";

    public void Info(string message)
    {
        _lastProblem = "";
        output.WriteLine($"brigade agent: {message}");
        output.Flush();
    }

    /// <summary>Tells a problem once, not at every attempt.</summary>
    public void Problem(string message)
    {
        if (string.Equals(message, _lastProblem, StringComparison.Ordinal))
        {
            return;
        }

        _lastProblem = message;
        errors.WriteLine($"brigade agent: {message}");
        errors.Flush();
    }
}
