using System.Globalization;
using Brigade.Runner.Protocol;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Sandbox;

/// <summary>A process in a namespace of processes has another number there than outside: finds the numbers outside of what a trial tells of its workers.</summary>
/// <param name="root">The process outside that all others come from.</param>
internal sealed class InnerProcesses(int root)
{
    private const string Numbers = "NSpid:";

    /// <summary>The worker by its numbers out here; as it was where there is none with these numbers, which nobody can look at then.</summary>
    public WorkerIdentity Outside(WorkerIdentity worker)
    {
        foreach (var process in ProcessTree.WithDescendants(root))
        {
            if (InnermostOf($"/proc/{process}") == worker.Pid)
            {
                return worker with { Pid = process, Tid = worker.Tid == 0 ? 0 : Thread(process, worker.Tid) ?? worker.Tid };
            }
        }

        return worker;
    }

    private static int? Thread(int process, int inner)
    {
        try
        {
            return Directory.EnumerateDirectories($"/proc/{process}/task")
                .Where(path => InnermostOf(path) == inner)
                .Select(path => (int?)int.Parse(Path.GetFileName(path.AsSpan()), CultureInfo.InvariantCulture))
                .FirstOrDefault();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended
        }
    }

    /// <summary>The number in the innermost namespace, which stands last.</summary>
    private static int? InnermostOf(string directory)
    {
        try
        {
            var line = File.ReadLines(Path.Combine(directory, "status")).FirstOrDefault(line => line.StartsWith(Numbers, StringComparison.Ordinal));
            return int.TryParse(line?.Split('\t')[^1], CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
