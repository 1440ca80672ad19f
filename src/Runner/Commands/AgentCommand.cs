using System.CommandLine;

namespace Brigade.Runner.Commands;

internal static class AgentCommand
{
    public static Command Create() => new("agent", "x");
}
