using System.Globalization;
using Brigade.Runner.Recording;

namespace Brigade.Runner.Trials;

/// <summary>
/// The mark that all processes of a trial carry. It names the runner that started them, so that what a killed runner left behind can be told
/// from what belongs to another one that still lives.
/// </summary>
internal static class TrialMark
{
    private static readonly string Runner = $"{Namespace()}.{Environment.ProcessId}.{StartOf(Environment.ProcessId)}";

    public static string Create() => $"{Runner}.{Guid.NewGuid():N}";

    /// <summary>Whether the mark is of a runner in this process namespace that does not live any more.</summary>
    public static bool IsOrphan(string mark)
    {
        var parts = mark.Split('.');
        return parts.Length == 4
            && string.Equals(parts[0], Namespace(), StringComparison.Ordinal)
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var runner)
            && !string.Equals(StartOf(runner), parts[2], StringComparison.Ordinal);
    }

    /// <summary>Ends the processes and deletes the scratch directories that killed runners left behind.</summary>
    public static void Sweep() => Sweep(Path.GetTempPath());

    internal static void Sweep(string temporary)
    {
        foreach (var (process, mark) in ProcessTree.AllMarks().Where(pair => IsOrphan(pair.Mark)).ToList())
        {
            _ = Linux.Kill(process, Linux.Sigkill);
        }

        try
        {
            foreach (var directory in Directory.EnumerateDirectories(temporary, Scratch.Prefix + "*"))
            {
                var name = Path.GetFileName(directory)[Scratch.Prefix.Length..];
                if (name.LastIndexOf('.') is var dot and > 0 && IsOrphan(name[..dot]))
                {
                    Scratch.Delete(directory);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No such directory, or not ours to look into: a trial that needs it says so itself.
        }
    }

    private static string Namespace()
    {
        try
        {
            return new string((File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name ?? "").Where(char.IsAsciiDigit).ToArray());
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>When the process started, in ticks since boot; empty where it does not exist. Process ids are used again, the pair is not.</summary>
    private static string StartOf(int process)
    {
        const int StartTimeAfterName = 19;
        using var file = ProcFile.Open($"/proc/{process}/stat");
        var text = file is null ? "" : System.Text.Encoding.ASCII.GetString(file.Read(stackalloc byte[1024]));
        return text.LastIndexOf(')') is var close and >= 0 ? text[(close + 2)..].Split(' ').ElementAtOrDefault(StartTimeAfterName) ?? "" : "";
    }
}
