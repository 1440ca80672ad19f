using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Web.Features.Kitchen;

/// <summary>How a trial looks as a kitchen: kitchens are processes, chefs are threads, dishes are tasks, stoves are processors.</summary>
/// <param name="Layout"><c>room</c> (one kitchen for all), <c>loop</c> (one chef, many pots), <c>rooms</c> (a kitchen for each chef) or <c>per-task</c> (a kitchen for each dish).</param>
/// <param name="Stoves">Processors that the trial may use at most.</param>
/// <param name="OneStove">All chefs share one stove: the GIL lets one thread at a time run, or there is one thread.</param>
/// <param name="Waits">What a task waits for that is on no processor, as far as the workload tells.</param>
/// <param name="Computes">The work needs the GIL all the time: whoever waits within a task waits for it or for a processor.</param>
public sealed record KitchenScene(string Layout, Strategy Strategy, int Workers, int Stoves, bool OneStove, TaskWait Waits, bool Computes)
{
    public const string Room = "room";
    public const string Loop = "loop";
    public const string Rooms = "rooms";
    public const string PerTask = "per-task";

    /// <summary>Kernels whose native code lets go of the GIL.</summary>
    private static readonly string[] ReleaseTheGil = ["cpu.sha256", "cpu.compress"];

    /// <summary>Whether the GIL is why there is one stove.</summary>
    public bool HasGil => OneStove && (Strategy is Strategy.Threads or Strategy.Pool);

    /// <param name="machine">Null before it is known.</param>
    public static KitchenScene Of(Cell cell, ExperimentSpec spec, Machine? machine)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentNullException.ThrowIfNull(spec);
        var workload = spec.Workload;
        var kind = workload.Kernel is { } name ? KernelCatalogue.Find(name)?.Class : null;
        var releases = ReleaseTheGil.Contains(workload.Kernel, StringComparer.Ordinal);
        var computes = kind is WorkloadClass.CpuBound or WorkloadClass.Memory or WorkloadClass.Overhead && !releases;
        var allowed = spec.Limits.CpuSet is { } set ? CpuList.TryParse(set)?.Count ?? int.MaxValue : int.MaxValue;
        var processors = Math.Max(1, (int)Math.Ceiling(Math.Min(Math.Min(machine?.Cores ?? 1, allowed), machine?.ProcessorLimit ?? double.MaxValue)));
        var gil = cell.Strategy is Strategy.Threads or Strategy.Pool && Runtime(cell, machine)?.Gil == true && !releases;
        var oneStove = gil || cell.Strategy is Strategy.Sequential or Strategy.Async;
        return new KitchenScene(LayoutOf(cell.Strategy), cell.Strategy, cell.Workers, oneStove ? 1 : processors, oneStove, WaitsOf(workload, kind), computes);
    }

    /// <summary>What a worker is called in the timeline.</summary>
    public IReadOnlyList<string> Lanes()
    {
        var name = Strategy switch
        {
            Strategy.Sequential => "main thread",
            Strategy.Threads or Strategy.Pool => "thread",
            Strategy.Async => "coroutine",
            Strategy.Processes => "process",
            _ => "place",
        };
        return Strategy == Strategy.Sequential ? [name] : [.. Enumerable.Range(1, Workers).Select(worker => $"{name} {worker}")];
    }

    private static string LayoutOf(Strategy strategy) => strategy switch
    {
        Strategy.Async => Loop,
        Strategy.Processes => Rooms,
        Strategy.ProcessPerTask => PerTask,
        _ => Room,
    };

    private static RuntimeInfo? Runtime(Cell cell, Machine? machine) => machine?.Runtimes.FirstOrDefault(runtime =>
        string.Equals(runtime.Id, cell.Runtime, StringComparison.Ordinal) || (runtime.IsDefault && string.Equals(runtime.Language, cell.Runtime, StringComparison.Ordinal)));

    private static TaskWait WaitsOf(WorkloadSpec workload, WorkloadClass? kind) => workload.Kernel switch
    {
        null => workload.Http is not null || workload.Sql is not null || workload.Command is not null ? TaskWait.Answer : TaskWait.Unknown,
        "mixed" => TaskWait.Answer,
        "deadlock" => TaskWait.Lock,
        "shared.counter" or "shared.collection" => TaskWait.Lock,
        _ => kind is WorkloadClass.FastIo or WorkloadClass.SlowIo || workload.Kernel == "ipc.transfer" ? TaskWait.Answer : TaskWait.Unknown,
    };
}

/// <summary>What a task waits for.</summary>
public enum TaskWait
{
    /// <summary>The workload does not tell.</summary>
    Unknown,

    /// <summary>For an answer, a disk or the time: the oven.</summary>
    Answer,

    /// <summary>For others who use what only one may.</summary>
    Lock,
}
