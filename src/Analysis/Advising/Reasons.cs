using Brigade.Analysis.View;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Advising;

/// <summary>The sentences of an advice: what the tasks do, what was fastest, what each runtime and other parameters would take, and what is doubtful.</summary>
internal static class Reasons
{
    /// <param name="picks">One per set of parameters; the first is the recommendation.</param>
    public static IEnumerable<string> Sentences(RunView run, IReadOnlyList<Pick> picks, IReadOnlyList<AdviceEvidence> evidence, IReadOnlyList<Doubt> doubts)
    {
        yield return $"{Work(run.GroupOf(picks[0].Cell).Class!)}, and {Choice(run, picks[0])}.";
        if (evidence.FirstOrDefault(item => item.Id is EvidenceList.Gil or EvidenceList.Crowded) is { } telling)
            yield return telling.Text;
        if (NextBest(run, picks[0]) is { Length: > 0 } next)
            yield return next;
        if (Runtimes(run, picks[0]) is { Length: > 0 } runtimes)
            yield return runtimes;
        if (Parameters(run, picks) is { Length: > 0 } parameters)
            yield return parameters;
        if (doubts.Count > 0)
            yield return $"Less certain because {Naming.List(doubts.Take(3).Select(doubt => doubt.Reason).ToArray())}.";
    }

    private static string Work(Classification work)
    {
        var share = $"the processor was busy {Naming.Percent(work.CpuShare)} of a task's {Naming.Milliseconds(work.TaskMs)}";
        return work.Class switch
        {
            WorkClass.CpuBound => $"The tasks compute ({share})",
            WorkClass.MemoryBound => $"The tasks compute, and wait for the memory while they do ({share})",
            WorkClass.Mixed => $"The tasks compute and wait ({share})",
            _ => $"The tasks mostly wait ({share})",
        };
    }

    /// <summary>The runner-up and by how much; in a search only, where the reader does not see all cells measured alike.</summary>
    private static string NextBest(RunView run, Pick pick)
    {
        if (run.Search is not { } search || pick.Next is not { } next || run.Against(pick.Cell, next) is not { } standing)
            return "";
        var name = run.Describe(next, parameters: false);
        return pick.NoDifference ? $"No difference that matters: {name} does the same within {Naming.Percent(search.Difference)}, and takes more."
            : standing.Gap > 0 ? $"Next comes {name}, {Naming.Percent(1 - standing.Relative)} behind ({Naming.Percent(Math.Max(0, 1 - standing.High))} to {Naming.Percent(1 - standing.Low)})."
            : "";
    }

    private static string Choice(RunView run, Pick pick)
    {
        var name = run.Describe(pick.Cell, parameters: false);
        var figures = $"{Naming.Number(pick.Cell.Throughput)} tasks a second{Compared(pick.Cell, ", ", " the work of one after the other")}";
        if (pick.Unexplained is { } other && other != pick.Cell)
            return $"{name} is the best that the figures support ({figures}; {run.Describe(other, parameters: false)} did {Naming.Number(other.Throughput)}, but on one processor such a gain is noise)";
        return pick.Cell == pick.Best
            ? $"{name} did the most ({figures})"
            : $"{name} did as much as the fastest for the least ({figures}; {run.Describe(pick.Best, parameters: false)}: {Naming.Number(pick.Best.Throughput)})";
    }

    /// <summary>"In Python: processes with 2 workers (1.8 times); in .NET: threads with 2 workers (1.9 times)."; empty with one runtime.</summary>
    private static string Runtimes(RunView run, Pick pick)
    {
        var parameters = run.GroupOf(pick.Cell).Parameters;
        var each = run.Groups
            .Where(group => string.Equals(group.Parameters, parameters, StringComparison.Ordinal))
            .Select(group => Advisor.Choose(run, group.Cells))
            .OfType<Pick>()
            .Select(best => $"in {run.Names.Runtime(best.Cell.Cell.Runtime)}: {run.DescribeWithin(best.Cell, parameters: false)}{Compared(best.Cell, " (", ")")}")
            .ToArray();
        return each.Length < 2 ? "" : Naming.Sentence(string.Join("; ", each)) + ".";
    }

    /// <summary>Which parameters the choice is for, where several were measured, and which others would take another.</summary>
    private static string Parameters(RunView run, IReadOnlyList<Pick> picks)
    {
        if (picks.Count < 2)
            return "";
        var (first, chosen) = (picks[0].Cell, run.GroupOf(picks[0].Cell).Parameters);
        var others = picks.Skip(1)
            .Where(pick => pick.Cell.Strategy != first.Strategy || pick.Cell.Workers != first.Workers || !string.Equals(pick.Cell.Cell.Runtime, first.Cell.Runtime, StringComparison.Ordinal))
            .Take(3)
            .Select(pick => $"with {run.GroupOf(pick.Cell).Parameters}: {run.Describe(pick.Cell, parameters: false)}")
            .ToArray();
        return $"This is for {chosen}{(others.Length == 0 ? "; the other parameters give the same" : $"; {string.Join("; ", others)}")}.";
    }

    private static string Compared(CellView cell, string before, string after) =>
        cell.Strategy != Strategy.Sequential && cell.Result.Speedup is { } speedup ? $"{before}{Naming.Times(speedup)}{after}" : "";
}
