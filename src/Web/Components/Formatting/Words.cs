using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Web.Components.Formatting;

/// <summary>The product's words for its values, the same on every page.</summary>
public static class Words
{
    /// <summary>A value as a spec writes it, for example <c>process-per-task</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => EnumName.Of(value);

    /// <summary>For example <c>python3.11 · threads × 4</c>.</summary>
    public static string Of(Cell cell) => $"{cell.Runtime} · {Coordinates(cell)}";

    /// <summary>A cell without its runtime: strategy, workers and what else tells it from its neighbours.</summary>
    public static string Coordinates(Cell cell)
    {
        List<string> parts = [cell.Strategy == Strategy.Sequential ? "sequential" : $"{Of(cell.Strategy)} × {cell.Workers}"];
        // Another tool's cells are told apart by what it calls them before all else.
        if (cell.Params.TryGetValue(WorkloadSpec.BenchmarkParameter, out var benchmark))
            parts.Insert(0, benchmark.Text);
        if (cell.Channel is { } channel && channel != Channel.Pipe)
            parts.Add(Of(channel));
        if (cell.StartMethod is { } start)
            parts.Add(Of(start));
        if (cell.ChunkSize is > 1 and var chunk)
            parts.Add($"chunk {chunk}");
        if (cell.PayloadBytes > 0)
            parts.Add(Numbers.Bytes(cell.PayloadBytes));
        return string.Join(" · ", parts);
    }

    public static string Of(RunStatus status) => status switch
    {
        RunStatus.Queued => "Queued",
        RunStatus.Assigned => "Starting",
        RunStatus.Running => "Running",
        RunStatus.Finishing => "Finishing",
        RunStatus.Completed => "Completed",
        RunStatus.Failed => "Failed",
        RunStatus.Cancelled => "Cancelled",
        _ => "Lost",
    };

    public static string Of(TrialStatus status) => status switch
    {
        TrialStatus.Pending => "Waiting its turn",
        TrialStatus.Running => "Running",
        TrialStatus.Completed => "Completed",
        TrialStatus.Failed => "Failed",
        TrialStatus.TimedOut => "Timed out",
        TrialStatus.Skipped => "Not needed",
        _ => "Cancelled",
    };

    /// <summary>One sentence on what a strategy is.</summary>
    public static string Explain(Strategy strategy) => strategy switch
    {
        Strategy.Sequential => "One task after the other on one thread: what all others are compared with.",
        Strategy.Threads => "One kitchen, many chefs: threads of one process; the system switches between them.",
        Strategy.Async => "One kitchen, one chef, many dishes: one thread; each task decides when to let another one on.",
        Strategy.Pool => "The runtime's own pool of threads.",
        Strategy.Processes => "Many kitchens, each with a chef: a fixed pool of worker processes that share nothing.",
        _ => "A new process for every task.",
    };

    /// <summary>One sentence on what a channel is.</summary>
    public static string Explain(Channel channel) => channel switch
    {
        Channel.Pipe => "A pipe or socket of its own for each worker.",
        Channel.Queue => "One queue of tasks and one of results, for many producers and consumers.",
        Channel.Manager => "A server process owns the objects; everybody else asks it.",
        _ => "Memory that the processes share, with semaphores to take turns.",
    };

    /// <summary>One sentence on what a start method is.</summary>
    public static string Explain(StartMethod method) => method switch
    {
        StartMethod.Fork => "A copy of the parent process: fast, and it inherits everything.",
        StartMethod.Spawn => "A fresh interpreter, which imports everything again: slow and clean.",
        _ => "A copy of a small server process that was started clean.",
    };

    /// <summary>A programming language as people write it.</summary>
    public static string Language(string language) => RuntimeCatalogue.OfLanguage(language)?.CodeTitle ?? language;

    public static string Of(WorkloadClass kind) => kind switch
    {
        WorkloadClass.Overhead => "overhead",
        WorkloadClass.CpuBound => "CPU-bound",
        WorkloadClass.FastIo => "fast I/O",
        WorkloadClass.SlowIo => "slow I/O",
        WorkloadClass.Memory => "memory",
        WorkloadClass.Sharing => "communication and sharing",
        _ => "mixed",
    };

    public static string Workload(WorkloadSpec workload) =>
        workload.Kernel ?? (workload.Imported is { } tool ? $"imported from {tool}" : workload.Code is { } code ? $"{Language(code.Language)} code" : workload.Http is not null ? "HTTP" : workload.Sql is not null ? "SQL" : "command");

    /// <summary>A matrix in one line, for example <c>python, dotnet × 5 strategies × 1, 2, 4 workers</c>.</summary>
    public static string Matrix(MatrixSpec matrix)
    {
        List<string> parts =
        [
            matrix.Runtime.Count == 0 ? "all runtimes" : string.Join(", ", matrix.Runtime),
            matrix.Strategy.Count == 0 ? "all strategies" : matrix.Strategy.Count <= 2 ? string.Join(", ", matrix.Strategy.Select(Of)) : $"{matrix.Strategy.Count} strategies",
            matrix.Workers.Count == 0 ? "as many workers as make sense" : $"{string.Join(", ", matrix.Workers)} {(matrix.Workers is [1] ? "worker" : "workers")}",
        ];
        if (matrix.Channel.Count > 1)
            parts.Add($"{matrix.Channel.Count} channels");
        if (matrix.ChunkSize.Count > 1)
            parts.Add($"{matrix.ChunkSize.Count} chunk sizes");
        if (matrix.PayloadBytes.Count > 1)
            parts.Add($"{matrix.PayloadBytes.Count} payloads");
        foreach (var (name, values) in matrix.Params)
            parts.Add($"{values.Count} × {name}");
        return string.Join(" × ", parts);
    }
}
