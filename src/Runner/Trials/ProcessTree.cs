using System.Globalization;
using System.Text;
using Brigade.Runner.Recording;

namespace Brigade.Runner.Trials;

/// <summary>Finds and ends the processes of a trial: by descent, by process group, and by a mark in their environment that a process which left both still carries.</summary>
internal static class ProcessTree
{
    /// <summary>The variable that marks the processes of a trial.</summary>
    public const string MarkVariable = "BRIGADE_TRIAL";

    private static readonly TimeSpan RoundPause = TimeSpan.FromMilliseconds(5);

    /// <summary>The process and all its living descendants.</summary>
    public static IReadOnlyList<int> WithDescendants(int process)
    {
        var found = new List<int> { process };
        for (var index = 0; index < found.Count; index++)
        {
            foreach (var child in Children(found[index]))
            {
                if (!found.Contains(child))
                {
                    found.Add(child);
                }
            }
        }

        return found;
    }

    /// <summary>All processes that carry the mark and have not ended. Costs a look at each process of the machine.</summary>
    public static IReadOnlyList<int> Marked(string mark) => [.. AllMarks().Where(pair => string.Equals(pair.Mark, mark, StringComparison.Ordinal)).Select(pair => pair.Process)];

    /// <summary>Every process that carries a mark, with it.</summary>
    public static IEnumerable<(int Process, string Mark)> AllMarks()
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory.AsSpan()), CultureInfo.InvariantCulture, out var process) && process != Environment.ProcessId && MarkOf(process) is { } mark)
            {
                yield return (process, mark);
            }
        }
    }

    /// <summary>Kills the process group, all descendants and all marked processes, again and again until none is left.</summary>
    /// <param name="root">The process that all others come from.</param>
    /// <param name="group">The process group that it was started in.</param>
    /// <returns>False where something withstood for over a second, which only a process blocked inside the kernel can.</returns>
    public static async Task<bool> KillAsync(int root, int group, string mark, TimeProvider time)
    {
        var began = time.GetTimestamp();
        for (var round = 0; time.GetElapsedTime(began) < TimeSpan.FromSeconds(2); round++)
        {
            // Descendants first: once their parents are gone they cannot be found by descent any more.
            var doomed = WithDescendants(root).Concat(Marked(mark)).Concat(InGroup(group)).Distinct().Where(IsAlive).ToList();
            _ = Linux.Kill(-group, Linux.Sigkill);
            foreach (var process in doomed)
            {
                _ = Linux.Kill(process, Linux.Sigkill);
            }

            if (doomed.Count == 0)
            {
                return true;
            }

            await Task.Delay(RoundPause * Math.Min(round + 1, 10), time);
        }

        return false;
    }

    /// <summary>Whether the process exists and has not ended.</summary>
    public static bool IsAlive(int process)
    {
        using var file = ProcFile.Open($"/proc/{process}/stat");
        return file is not null && ProcText.Stat(file.Read(stackalloc byte[1024])) is { State: not ('Z' or 'X') };
    }

    /// <summary>The processes of a group; none is looked for where the system knows of none.</summary>
    private static IEnumerable<int> InGroup(int group)
    {
        const int Nothing = 0, GroupField = 2;
        if (Linux.Kill(-group, Nothing) != 0)
        {
            yield break;
        }

        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory.AsSpan()), CultureInfo.InvariantCulture, out var process)
                && Text($"{directory}/stat") is var stat && stat.LastIndexOf(')') is var close and >= 0
                && stat[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(GroupField) == group.ToString(CultureInfo.InvariantCulture))
            {
                yield return process;
            }
        }
    }

    private static IEnumerable<int> Children(int process)
    {
        string[] threads;
        try
        {
            threads = Directory.GetDirectories($"/proc/{process}/task");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (var thread in threads)
        {
            foreach (var child in Text($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return int.Parse(child, CultureInfo.InvariantCulture);
            }
        }
    }

    private static string? MarkOf(int process)
    {
        var environment = Text($"/proc/{process}/environ");
        var at = environment.StartsWith(MarkVariable + "=", StringComparison.Ordinal) ? 0 : environment.IndexOf($"\0{MarkVariable}=", StringComparison.Ordinal) + 1;
        if (at == 0 && !environment.StartsWith(MarkVariable + "=", StringComparison.Ordinal))
        {
            return null;
        }

        var value = environment[(at + MarkVariable.Length + 1)..];
        var end = value.IndexOf('\0', StringComparison.Ordinal);
        return end < 0 ? value : value[..end];
    }

    private static string Text(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ""; // ended in between, or somebody else's
        }
    }
}
