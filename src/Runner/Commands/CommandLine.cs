using System.CommandLine;
using System.CommandLine.Help;

namespace Brigade.Runner.Commands;

/// <summary>The verbs of the executable.</summary>
internal static class CommandLine
{
    private const string Help = "See 'brigade --help'.";

    /// <summary>The verbs with their arguments. Not a RootCommand, which is called as the executable's file.</summary>
    public static Command Create() => new("brigade", "Brigade measures how work should run at the same time: as processes, as threads or asynchronously.")
    {
        new HelpOption { Recursive = true },
        new VersionOption(),
        RunCommand.Create(),
        AdviseCommand.Create(),
        CompareCommand.Create(),
        FitCommand.Create(),
        ExportCommand.Create(),
        ImportCommand.Create(),
        CheckCommand.Create(),
        TryCommand.Create(),
        KernelsCommand.Create(),
        RuntimesCommand.Create(),
        LoginCommand.CreateLogin(),
        LoginCommand.CreateLogout(),
        AgentCommand.Create(),
    };

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync($"brigade: {error.Message}");
            }

            await Console.Error.WriteLineAsync(Help);
            return ExitCodes.Wrong;
        }

        TrustedCode.Heed(parsed);
        try
        {
            // Ctrl-C is the verbs' own business, and so are exceptions.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            await Console.Error.WriteLineAsync($"brigade: unexpected error: {exception.GetType().Name}: {exception.Message}");
            return ExitCodes.RunFailed;
        }
    }
}
