using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Runner.Runs;

namespace Brigade.Runner.Agent.Journal;

/// <summary>The journals of a runner: one file for each run of which the server has not committed everything.</summary>
internal sealed class JournalStore
{
    private const string Extension = ".journal";

    private readonly string _directory;

    /// <exception cref="IOException">The directory cannot be made.</exception>
    public JournalStore(string dataDirectory) => _directory = Directory.CreateDirectory(Path.Combine(dataDirectory, "journal")).FullName;

    public string PathOf(Guid runId) => Path.Combine(_directory, $"{runId:N}{Extension}");

    /// <summary>The runs of which journals are there.</summary>
    public IReadOnlyList<Guid> List() =>
        [.. Directory.EnumerateFiles(_directory, "*" + Extension).Select(path => Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "N", out var runId) ? runId : Guid.Empty).Where(runId => runId != Guid.Empty)];

    /// <summary>Ends the journals of an earlier process that could not do it: cuts off a torn record and adds the end of the run.</summary>
    /// <returns>The runs whose journals have to be delivered.</returns>
    public IReadOnlyList<ActiveRun> Recover(TimeProvider time) => [.. List().Select(runId => Recover(runId, time))];

    /// <summary>Adds the end to a journal that has none; nobody writes to it at the time.</summary>
    public void End(ActiveRun run, RunEnded end)
    {
        var path = PathOf(run.RunId);
        var json = Serialize(end);
        try
        {
            if (IsEnd(JournalReader.Last(path)))
            {
                return;
            }

            using var writer = JournalWriter.Open(path);
            writer.Append(json);
            writer.Sync();
        }
        catch (Exception exception) when (exception is RunOutputException or IOException or UnauthorizedAccessException)
        {
            // The disk is full: what is in the journal is delivered all the same.
            run.KeepInMemory(CountOf(path), json);
        }
    }

    public void Delete(Guid runId)
    {
        try
        {
            File.Delete(PathOf(runId));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is offered to the server again at the next start, which says that the run has ended.
        }
    }

    private ActiveRun Recover(Guid runId, TimeProvider time)
    {
        var run = new ActiveRun(runId, isWritten: true);
        End(run, new RunEnded(time.GetUtcNow(), RunStatus.Failed, "The runner was stopped during the run."));
        return run;
    }

    private static long CountOf(string path)
    {
        try
        {
            return JournalReader.Measure(path).Count;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0; // what cannot be read cannot be delivered either
        }
    }

    public static byte[] Serialize(RunEvent runEvent) => JsonSerializer.SerializeToUtf8Bytes(runEvent, BrigadeJson.Options);

    private static bool IsEnd(byte[] json)
    {
        try
        {
            return json.Length > 0 && JsonSerializer.Deserialize<RunEvent>(json, BrigadeJson.Options) is RunEnded;
        }
        catch (JsonException)
        {
            return false; // written by another version; the server judges
        }
    }
}
