using Brigade.Contracts.Messages;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;

namespace Brigade.Runner.Terminal;

/// <summary>Progress as one line for each trial that ended, for logs and pipes.</summary>
internal sealed class PlainProgress(TextWriter output, ExperimentSpec spec) : IRunOutput
{
    private ProgressLines? _lines;

    public async ValueTask WriteAsync(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunStarted started:
                _lines = new ProgressLines(spec, started);
                foreach (var line in _lines.Head())
                {
                    await output.WriteLineAsync(line);
                }

                break;
            case TrialEnded ended when _lines?.Line(ended) is { } line:
                await output.WriteLineAsync(line);
                break;
        }

        await output.FlushAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
