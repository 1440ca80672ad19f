using Brigade.Analysis.Advising;
using Brigade.Contracts.Plan;

namespace Brigade.Analysis.Searching;

/// <summary>The candidates of a search: which are in, wait for their neighbours or are out, and which of their planned trials are still open.</summary>
internal sealed class Field(TrialPlan plan)
{
    private readonly HashSet<int> _inside = [.. Enumerable.Range(0, plan.Cells.Count)];
    private readonly HashSet<int> _waiting = [];
    private readonly Dictionary<int, double> _errors = [];
    private readonly HashSet<int> _open = [.. plan.Trials.Select(trial => trial.Index)];
    private readonly ILookup<int, PlannedTrial> _trials = plan.Trials.ToLookup(trial => trial.Cell);
    private readonly Queue<SkipStep> _skips = new();

    /// <summary>Candidates that are measured, in plan order.</summary>
    public IReadOnlyList<int> Inside => _inside.Order().ToArray();

    public bool IsIn(int cell) => _inside.Contains(cell);

    /// <summary>Whether a trial was neither measured nor skipped.</summary>
    public bool IsOpen(PlannedTrial trial) => _open.Contains(trial.Index);

    public IEnumerable<int> OfRuntime(string runtime) => Enumerable.Range(0, plan.Cells.Count).Where(cell => string.Equals(plan.Cells[cell].Runtime, runtime, StringComparison.Ordinal));

    /// <summary>A trial is measured now; what its candidate was to do in earlier rounds is left out.</summary>
    public void Take(PlannedTrial trial)
    {
        _open.Remove(trial.Index);
        foreach (var earlier in _trials[trial.Cell].Where(other => other.Repetition < trial.Repetition))
            Skip(earlier, SkipReason.Missed());
    }

    public SkipStep? NextSkip() => _skips.TryDequeue(out var skip) ? skip : null;

    /// <summary>A candidate leaves for good.</summary>
    public void Drop(int cell, string reason)
    {
        _inside.Remove(cell);
        _waiting.Remove(cell);
        foreach (var trial in _trials[cell])
            Skip(trial, reason);
    }

    /// <summary>The search is over: all that is open is left out, also of candidates that still wait, against which nothing speaks.</summary>
    public void SkipRest(string reason)
    {
        foreach (var trial in plan.Trials)
            Skip(trial, reason);
    }

    public void SawErrors(int cell, double ratio) => _errors[cell] = Math.Max(ratio, _errors.GetValueOrDefault(cell));

    /// <summary>Candidates whose tasks fail leave, as long as others have fewer errors.</summary>
    public void DropErrors()
    {
        var failing = _errors.Where(pair => _inside.Contains(pair.Key) && pair.Value > Advisor.TolerableErrors).ToArray();
        if (failing.Length == _inside.Count)
            return;
        foreach (var (cell, ratio) in failing)
            Drop(cell, SkipReason.Errors(ratio));
    }

    /// <summary>Every second worker count waits, from the second largest of each line down, where there are at least three; what was measured as a probe does not.</summary>
    public void LetNeighboursWait()
    {
        foreach (var line in Lines().Where(line => line.Count >= 3))
        {
            for (var i = line.Count - 2; i >= 0; i -= 2)
            {
                var first = _trials[line[i]].First(trial => trial.Repetition == 1);
                if (!IsOpen(first))
                    continue;
                _inside.Remove(line[i]);
                _waiting.Add(line[i]);
                Skip(first, SkipReason.Later());
            }
        }
    }

    /// <summary>Who waits comes in beside a neighbour that is still in, else leaves.</summary>
    public void BringInNeighbours()
    {
        if (_waiting.Count == 0)
            return;
        var survivors = _inside.ToHashSet();
        foreach (var line in Lines())
        {
            foreach (var (cell, place) in line.Select((cell, place) => (cell, place)).Where(pair => _waiting.Contains(pair.cell)))
            {
                if ((place > 0 && survivors.Contains(line[place - 1])) || (place + 1 < line.Count && survivors.Contains(line[place + 1])))
                    _inside.Add(cell);
                else
                    Drop(cell, SkipReason.NeighboursBehind());
                _waiting.Remove(cell);
            }
        }
    }

    /// <summary>Candidates that differ in the number of workers only, in its order; those that never had a chance are not in it.</summary>
    private IReadOnlyList<IReadOnlyList<int>> Lines() => plan.Cells
        .Select((cell, index) => (cell, index))
        .Where(pair => _trials[pair.index].Any(IsOpen) || _inside.Contains(pair.index) || _waiting.Contains(pair.index))
        .GroupBy(pair => (pair.cell.Runtime, pair.cell.Strategy, pair.cell.Channel, pair.cell.StartMethod, pair.cell.ChunkSize))
        .Select(IReadOnlyList<int> (group) => group.OrderBy(pair => pair.cell.Workers).Select(pair => pair.index).ToArray())
        .ToArray();

    private void Skip(PlannedTrial trial, string reason)
    {
        if (_open.Remove(trial.Index))
            _skips.Enqueue(new SkipStep(trial.Index, reason));
    }
}
