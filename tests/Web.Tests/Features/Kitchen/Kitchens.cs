using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Kitchen;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Kitchen;

/// <summary>Kitchens to test with, on a machine of two processors whose Python has a GIL.</summary>
internal static class Kitchens
{
    public static Cell Cell(Strategy strategy, int workers = 4, string runtime = "python") => new(runtime, strategy, workers, null, null, null, 0, new Dictionary<string, ParameterValue>(StringComparer.Ordinal));

    public static KitchenScene Scene(Strategy strategy, int workers = 4, string kernel = "cpu.primes", string runtime = "python") =>
        KitchenScene.Of(Cell(strategy, workers, runtime), Given.Spec() with { Workload = new WorkloadSpec { Kernel = kernel } }, Given.Machine);

    /// <param name="cpu">Processors that the trial used.</param>
    public static Frame Frame(int number, double cpu, params WorkerFrame[] workers) =>
        Given.Frame(0, number) with { CpuUserMs = cpu * 100, CpuSystemMs = 0, Workers = workers, Tasks = workers.Sum(worker => worker.Tasks) };

    /// <summary>So many alike workers, always in a task.</summary>
    public static WorkerFrame[] Busy(int count, double? cpu, WorkerState state = WorkerState.Waiting, double busy = 1) => [.. Enumerable.Range(0, count).Select(worker => new WorkerFrame(worker, state, busy, cpu, 2))];

    public static IReadOnlyList<KitchenPoint> Read(KitchenScene scene, int frames, double cpu, params WorkerFrame[] workers) =>
        new ChefReader(scene).Read(Enumerable.Range(0, frames).Select(number => Frame(number, cpu, workers)));

    /// <summary>Share of all letters that one has.</summary>
    public static double Share(IReadOnlyList<KitchenPoint> points, char letter) => points.Sum(point => point.Letters.Count(it => it == letter)) / (double)points.Sum(point => point.Letters.Length);
}
