using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;
using Spectre.Console;

namespace Brigade.Runner.Terminal;

/// <summary>Where a run is shown: a terminal with a live display, or plain lines.</summary>
internal sealed class RunConsole
{
    /// <summary>Lines of a log are not broken.</summary>
    private const int PlainWidth = 10_000;

    private readonly bool _isTerminal;

    private RunConsole(IAnsiConsole console, bool isTerminal)
    {
        Out = console;
        _isTerminal = isTerminal;
    }

    public IAnsiConsole Out { get; }

    /// <summary>Whether there is a live display, which frames are for.</summary>
    public bool IsTerminal => _isTerminal;

    public static RunConsole Create()
    {
        var isTerminal = !Console.IsOutputRedirected && !string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);
        var noColor = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal && !noColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        if (!isTerminal)
        {
            console.Profile.Width = PlainWidth;
        }

        return new RunConsole(console, isTerminal);
    }

    public IRunOutput Progress(ExperimentSpec spec) => new BestEffort(_isTerminal ? new LiveProgress(Out, spec) : new PlainProgress(Out.Profile.Out.Writer, spec));
}
