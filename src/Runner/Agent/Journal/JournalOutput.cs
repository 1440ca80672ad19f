using Brigade.Contracts.Messages;
using Brigade.Runner.Runs;

namespace Brigade.Runner.Agent.Journal;

/// <summary>Writes a run's events to its journal and says so to whoever delivers them.</summary>
internal sealed class JournalOutput(JournalWriter writer, ActiveRun run) : IRunOutput
{
    public ValueTask WriteAsync(RunEvent runEvent)
    {
        var json = JournalStore.Serialize(runEvent);
        var sequence = writer.Count;
        try
        {
            writer.Append(json);
            if (runEvent is RunEnded)
            {
                writer.Sync();
            }
        }
        catch (RunOutputException) when (runEvent is RunEnded)
        {
            // Where it was appended and could not be synchronised, this is the same event at the same place.
            run.KeepInMemory(sequence, json);
        }

        run.Appended();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        writer.Dispose();
        return ValueTask.CompletedTask;
    }
}
