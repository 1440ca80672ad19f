using Brigade.Analysis.Statistics;
using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Comparing;

/// <summary>What other work on the machines may have made of a change.</summary>
internal sealed class MachineNoise(Machine first, Machine second)
{
    /// <summary>Below this share of its processors a machine counts as quiet.</summary>
    private const double Quiet = 0.1;

    /// <summary>Above this share a machine was not measured but fought for: how much of it a trial got is chance.</summary>
    private const double Busy = 0.5;

    /// <summary>Then nothing short of a hundredfold counts: latencies of a machine that is fought for do differ tenfold.</summary>
    private const double FloorOfBusy = 99;

    /// <summary>
    /// What a processor that is busy with other work may take from a neighbour that is not waiting for it, by the caches, the memory and the clock that they share:
    /// two threads on one core of a processor do about 1.4 times the work of one, so each up to 0.3 less.
    /// </summary>
    private const double TakenByANeighbour = 0.3;

    /// <summary>
    /// The relative change that it explains. Where neither machine was quiet enough, all of the change in used processor time: less work was done because the processors were
    /// taken, or because the code waited more, and nothing tells which. Where more than half of the processors were taken, almost anything.
    /// </summary>
    public double Explains(MeasuredCell one, MeasuredCell other)
    {
        var (before, after) = (Load(one, first), Load(other, second));
        if (IsBusy(one, other))
            return FloorOfBusy;
        var neighbours = TakenByANeighbour * Math.Max(0, Math.Abs(after - before) - Quiet);
        var isQuiet = before <= Quiet * first.Cores && after <= Quiet * second.Cores;
        var (cpuBefore, cpuAfter) = (Cpu(one), Cpu(other));
        return isQuiet || cpuBefore <= 0 || cpuAfter <= 0
            ? neighbours
            : neighbours + Math.Exp(Math.Abs(Math.Log(cpuAfter / cpuBefore))) - 1;
    }

    /// <summary>To follow "the floor of 30 %".</summary>
    public string Because(MeasuredCell one, MeasuredCell other) =>
        IsBusy(one, other) ? "because other work kept more than half of the processors busy" : "because of the other work on the processors";

    private bool IsBusy(MeasuredCell one, MeasuredCell other) => Load(one, first) > Busy * first.Cores || Load(other, second) > Busy * second.Cores;

    /// <summary>Processors busy with other work while a cell was measured; before the run where its trials were too short to tell.</summary>
    public static double Load(MeasuredCell cell, Machine machine)
    {
        var measured = cell.Repetitions.Select(repetition => repetition.OtherLoad).OfType<double>().ToArray();
        return measured.Length > 0 ? Median.Of(measured) : machine.OtherLoad;
    }

    private static double Cpu(MeasuredCell cell) => Median.Of(cell.Repetitions.Select(repetition => repetition.Cpu));
}
