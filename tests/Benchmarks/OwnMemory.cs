using System.Globalization;

namespace Brigade.Benchmarks;

/// <summary>The memory that only one process has: what is resident without what it shares with files and other processes.</summary>
internal static class OwnMemory
{
    /// <summary>In bytes; 0 where the process has ended.</summary>
    public static double Of(int process)
    {
        if (Read(process, "statm") is not { } text)
        {
            return 0;
        }

        var pages = text.Split(' ');
        return (long.Parse(pages[1], CultureInfo.InvariantCulture) - long.Parse(pages[2], CultureInfo.InvariantCulture)) * (double)Environment.SystemPageSize;
    }

    /// <summary>Of all processes that it has started, and that those have.</summary>
    public static double OfDescendants(int process)
    {
        var parents = new Dictionary<int, int>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var id) && Read(id, "stat") is { } stat)
            {
                // The name is in brackets, and may hold anything.
                parents[id] = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
            }
        }

        return parents.Keys.Where(id => id != process && Descends(id)).Sum(Of);

        bool Descends(int id) => id == process || (parents.TryGetValue(id, out var parent) && Descends(parent));
    }

    private static string? Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended meanwhile
        }
    }
}
