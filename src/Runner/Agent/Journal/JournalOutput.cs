using Brigade.Contracts.Messages;
using Brigade.Runner.Runs;

namespace Brigade.Runner.Agent.Journal;

/// <summary>Writes a run's events to its journal and says so to whoever delivers them.</summary>
internal sealed class JournalOutput(JournalWriter writer, ActiveRun run) : IRunOutput
{
    public ValueTask WriteAsync(RunEvent runEvent)
    {
        var json = JournalStore.Serialize(runEvent);
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
            run.KeepInMemory(writer.Count, json);
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
