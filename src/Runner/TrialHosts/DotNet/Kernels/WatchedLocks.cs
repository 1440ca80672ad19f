using System.Diagnostics;
using System.Globalization;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>
/// Two locks that the workers of a trial share, be they threads or processes, and that note who holds them and who waits for them:
/// in the words that the workers share, and for each worker that waits, its stack in a file.
/// </summary>
internal sealed class WatchedLocks(string directory, int worker)
{
    /// <summary>The names of the locks, in messages.</summary>
    public static readonly string[] Names = ["A", "B"];

    private const int OwnerWord = 0;
    private const int ArmedWord = 8;
    private const int WaitingWord = 16;
    private const int MostWorkers = SharedWords.Count - WaitingWord;

    private readonly SharedWords _words = SharedWords.Open(directory);

    /// <summary>Whether the measured part has begun.</summary>
    public bool IsArmed => Volatile.Read(ref _words[ArmedWord]) != 0;

    /// <summary>From now on tasks take the locks in opposite orders.</summary>
    public void Arm() => Volatile.Write(ref _words[ArmedWord], 1);

    public bool IsHeld(int index) => OwnerOf(index) is not null;

    /// <summary>The worker that holds a lock.</summary>
    public int? OwnerOf(int index) => Number(OwnerWord + index);

    /// <summary>The lock that a worker waits for.</summary>
    public int? WantedBy(int other) => other < MostWorkers ? Number(WaitingWord + other) : null;

    public void Enter(int index)
    {
        var mutex = _words.ProcessLocks[index];
        if (!mutex.TryEnter())
        {
            NoteWaiting(index);
            mutex.Enter();
            Set(WaitingWord + worker, null);
        }

        Set(OwnerWord + index, worker);
    }

    public void Exit(int index)
    {
        Set(OwnerWord + index, null);
        _words.ProcessLocks[index].Exit();
    }

    /// <summary>What a worker that waits said of itself before it did.</summary>
    public string Describe(int other)
    {
        var lockName = WantedBy(other) is { } wanted ? Names[wanted] : "?";
        var path = FileOf(other);
        return string.Create(CultureInfo.InvariantCulture, $"worker {other} waits for lock {lockName}{(File.Exists(path) ? ", " + File.ReadAllText(path) : "\n")}");
    }

    private void NoteWaiting(int index)
    {
        // The stack first: whoever sees that this worker waits finds it.
        File.WriteAllText(FileOf(worker), string.Create(
            CultureInfo.InvariantCulture, $"process {Environment.ProcessId}, thread {Native.ThreadId()}:\n{new StackTrace(skipFrames: 2)}"));
        Set(WaitingWord + worker, index);
    }

    private string FileOf(int other) => Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"waits-{other}"));

    private int? Number(int word) => Volatile.Read(ref _words[word]) is > 0 and var number ? (int)number - 1 : null;

    private void Set(int word, int? number)
    {
        if (word < SharedWords.Count)
        {
            Volatile.Write(ref _words[word], number + 1 ?? 0);
        }
    }
}
