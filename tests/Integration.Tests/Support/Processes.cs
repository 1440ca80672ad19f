using System.Globalization;

namespace Brigade.Integration.Tests.Support;

/// <summary>The processes of this machine, from /proc.</summary>
internal static class Processes
{
    /// <summary>The embedded runner of a server: the child that is an agent.</summary>
    public static int? RunnerOf(int server) => Children(server).Cast<int?>().FirstOrDefault(child => CommandLine(child!.Value).Contains("Brigade.Runner", StringComparison.Ordinal));

    /// <summary>All descendants.</summary>
    public static IReadOnlyList<int> Tree(int process)
    {
        var found = new List<int>();
        var open = new Queue<int>(Children(process));
        while (open.TryDequeue(out var next))
        {
            found.Add(next);
            foreach (var child in Children(next))
                open.Enqueue(child);
        }

        return found;
    }

    /// <summary>Whether it runs; one that has ended and waits to be reaped does not.</summary>
    public static bool IsAlive(int process) => Stat(process) is { Length: > 1 } fields && fields[0] != "Z";

    public static async Task UntilGoneAsync(params IReadOnlyList<int> processes)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (processes.Any(IsAlive))
            await timer.WaitForNextTickAsync(patience.Token);
    }

    private static List<int> Children(int process) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && Stat(id) is { Length: > 1 } fields && fields[0] != "Z" && fields[1] == process.ToString(CultureInfo.InvariantCulture))];

    private static string CommandLine(int process) => Read($"/proc/{process}/cmdline");

    // State and parent: what follows the name in brackets.
    private static string[] Stat(int process)
    {
        var text = Read($"/proc/{process}/stat");
        var end = text.LastIndexOf(')');
        return end < 0 ? [] : text[(end + 2)..].Split(' ');
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return ""; // it has just ended
        }
    }
}
