using System.Numerics;
using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Plan;

/// <summary>Expands a spec's matrix into trials.</summary>
public static class TrialPlanner
{
    /// <summary>The most trials that one run may have.</summary>
    public const int MaximumTrials = 2_000;

    /// <summary>The size that the plan has or would have, without making it: cheap for any matrix.</summary>
    public static PlanSize Count(ExperimentSpec spec)
    {
        spec = SearchSpace.Fill(spec);
        var cells = Axes(spec).Aggregate(BigInteger.Zero, (sum, axes) => sum + axes.Count) * Variants(spec.Matrix);
        return new PlanSize(cells, cells * spec.Repeat);
    }

    /// <summary>The plan of a valid spec; the same spec and seed give the same plan.</summary>
    /// <param name="spec">A spec that <see cref="SpecValidator"/> accepts.</param>
    /// <param name="seed">Seed of the order, stored with the run.</param>
    /// <exception cref="ArgumentException">The plan would have more than <see cref="MaximumTrials"/> trials.</exception>
    public static TrialPlan Expand(ExperimentSpec spec, int seed)
    {
        spec = SearchSpace.Fill(spec);
        if (Count(spec).Trials > MaximumTrials)
        {
            throw new ArgumentException("The spec is not valid: its plan is larger than the most that a run may have.", nameof(spec));
        }

        List<Cell> cells = [.. Axes(spec).SelectMany(axes => axes.Combinations()).SelectMany(axes => CellsOf(spec, axes))];
        var first = spec.Search is null ? [] : SearchSpace.Probes(cells);
        return new TrialPlan(cells, Order(cells.Count, spec.Repeat, spec.Order, seed, first), seed, Notes(spec));
    }

    /// <summary>One for each pair of runtime and strategy that can run the workload.</summary>
    private static IEnumerable<CellAxes> Axes(ExperimentSpec spec) =>
        from runtime in spec.Matrix.Runtime.Distinct(StringComparer.Ordinal)
        where RuntimeGaps.Find(spec, runtime) is null
        from strategy in spec.Matrix.Strategy.Distinct()
        where RuntimeGaps.Find(runtime, strategy) is null
        select CellAxes.Of(spec.Matrix, runtime, strategy);

    /// <summary>Combinations of what applies to every strategy: the parameters.</summary>
    private static BigInteger Variants(MatrixSpec matrix) =>
        matrix.Params.Values.Aggregate(BigInteger.One, (product, values) => product * values.Distinct().Count());

    private static IEnumerable<Cell> CellsOf(ExperimentSpec spec, CellAxes axes) =>
        from parameters in ParameterSets(spec)
        select new Cell(axes.Runtime, axes.Strategy, axes.Workers[0], axes.Channels[0], axes.StartMethods[0], axes.ChunkSizes[0], axes.Payloads[0], parameters);

    /// <summary>Every combination of the swept parameters over those of the workload over the kernel's defaults.</summary>
    private static List<Dictionary<string, ParameterValue>> ParameterSets(ExperimentSpec spec)
    {
        var fixedValues = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);
        foreach (var parameter in KernelCatalogue.Find(spec.Workload.Kernel ?? "")?.Parameters ?? [])
        {
            if (parameter.Default is { } value)
            {
                fixedValues[parameter.Name] = value;
            }
        }

        foreach (var (name, value) in spec.Workload.Params)
        {
            fixedValues[name] = value;
        }

        List<Dictionary<string, ParameterValue>> sets = [fixedValues];
        foreach (var (name, values) in spec.Matrix.Params)
        {
            sets = [.. sets.SelectMany(_ => values.Distinct(), (set, value) => new Dictionary<string, ParameterValue>(set, StringComparer.Ordinal) { [name] = value })];
        }

        return sets;
    }

    /// <param name="first">Cells that come before the others of the first block.</param>
    private static List<PlannedTrial> Order(int cells, int repeat, TrialOrder order, int seed, IReadOnlyList<int> first)
    {
        var trials = new List<PlannedTrial>(cells * repeat);
        if (order == TrialOrder.Listed)
        {
            for (var i = 0; i < cells * repeat; i++)
            {
                trials.Add(new PlannedTrial(i, i / repeat, (i % repeat) + 1));
            }

            return trials;
        }

        var random = new SeededRandom(seed);
        var block = Enumerable.Range(0, cells).ToArray();
        for (var repetition = 1; repetition <= repeat; repetition++)
        {
            random.Shuffle(block);
            foreach (var cell in repetition == 1 ? block.OrderBy(cell => first.Contains(cell) ? 0 : 1) : block.AsEnumerable())
            {
                trials.Add(new PlannedTrial(trials.Count, cell, repetition));
            }
        }

        return trials;
    }

    /// <summary>What is in the way of cells, and of how many strategies; as sentences' ends.</summary>
    internal static IEnumerable<(string Reason, int Strategies)> Gaps(ExperimentSpec spec)
    {
        spec = SearchSpace.Fill(spec);
        foreach (var runtime in spec.Matrix.Runtime.Distinct(StringComparer.Ordinal))
        {
            if (RuntimeGaps.Find(spec, runtime) is { } gap)
            {
                yield return (gap, spec.Matrix.Strategy.Distinct().Count());
                continue;
            }

            foreach (var missing in spec.Matrix.Strategy.Distinct().Select(strategy => RuntimeGaps.Find(runtime, strategy)).OfType<string>())
            {
                yield return (missing, 1);
            }

            if (spec.Matrix.Strategy.Contains(Strategy.Processes) && !RuntimeGaps.Channels(spec.Matrix, runtime).Any())
            {
                yield return (RuntimeGaps.MissingChannels(spec.Matrix, runtime), 0);
            }
        }
    }

    private static IReadOnlyList<string> Notes(ExperimentSpec spec)
    {
        var notes = new PlanNotes(spec, Variants(spec.Matrix));
        foreach (var (reason, strategies) in Gaps(spec))
        {
            notes.Dropped(reason, strategies);
        }

        // Nobody listed what a search leaves out, so that it folds is no news.
        foreach (var axes in spec.Search is null ? Axes(spec) : [])
        {
            notes.Folded(axes);
        }

        return notes.ToSentences();
    }
}
