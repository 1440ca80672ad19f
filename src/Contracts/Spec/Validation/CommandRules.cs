using Brigade.Contracts.Spec.Reading;

namespace Brigade.Contracts.Spec.Validation;

/// <summary>A program and its arguments.</summary>
internal static class CommandRules
{
    private const int MaximumArguments = 200;
    private const int MaximumArgument = 32 * 1024;
    private const int MaximumStdin = 1024 * 1024;

    public static void Check(ExperimentSpec spec, CommandSpec command, RuleContext context)
    {
        const string pointer = "/workload/command/argv";
        if (command.Argv.Count == 0 || string.IsNullOrWhiteSpace(command.Argv[0]))
        {
            context.Report(pointer, "workload.command.argv is missing or empty; give it the program and its arguments as a list.");
        }
        else if (command.Argv.Count == 1 && command.Argv[0].Contains(' ', StringComparison.Ordinal) && !command.Argv[0].Contains('/', StringComparison.Ordinal))
        {
            context.Report(pointer, $"workload.command.argv is the one text '{SpecLabel.Shorten(command.Argv[0])}', which would be the name of a program; give the program and each argument an item of the list. There is no shell; for one, use [\"sh\", \"-c\", \"...\"].");
        }

        if (command.Argv.Count > MaximumArguments)
        {
            context.Report(pointer, FormattableString.Invariant($"workload.command.argv has {command.Argv.Count} items; the most is {MaximumArguments}."));
        }

        for (var i = 0; i < command.Argv.Count && !context.IsFull; i++)
        {
            if (command.Argv[i].Length > MaximumArgument || command.Argv[i].Contains('\0', StringComparison.Ordinal))
            {
                context.Report(JsonPointer.Append(pointer, i), FormattableString.Invariant($"workload.command.argv[{i}] is longer than {MaximumArgument:N0} characters, or holds a NUL character; shorten it."));
            }
        }

        if (command.Stdin?.Length > MaximumStdin)
        {
            context.Report("/workload/command/stdin", $"workload.command.stdin has {RuleContext.Number(command.Stdin.Length)} characters; the most is {RuleContext.Number(MaximumStdin)}.");
        }

        ParameterRules.CheckPlaces(spec, "command", [command.Stdin ?? "", .. command.Argv], context);
    }
}
