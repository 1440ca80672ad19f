using Brigade.Analysis.Advising;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Searching;

/// <summary>
/// Looks for the best candidate within a budget: a probe of each runtime tells how long a task is and which candidates make sense; then all of them are measured briefly, in rounds that hold each
/// candidate once, and after each round those that are surely behind leave, and of the rest the slower half (successive halving; Jamieson and Talwalkar 2016, "Non-stochastic best arm identification
/// and hyperparameter optimization"), so that each round has more time for each. It ends when one is left or the rest is as good, or the budget is over. Not thread-safe.
/// </summary>
/// <param name="spec">The spec as it was written, with its search.</param>
/// <param name="plan">The plan of that spec on this machine.</param>
/// <param name="cores">Processors that a trial may use.</param>
public sealed class CandidateSearch(ExperimentSpec spec, TrialPlan plan, int cores)
{
    /// <summary>The least that a search knows of the leader and the one behind it.</summary>
    private const int FewestRounds = 3;

    /// <summary>No fewer than these are kept for being in the slower half.</summary>
    private const int SmallField = 3;

    /// <summary>What the first round may take of the budget before candidates wait for their neighbours.</summary>
    private const double FirstRound = 0.4;

    private readonly SearchSpec _search = spec.Search ?? throw new ArgumentException("The spec has no search.", nameof(spec));
    private readonly Field _field = new(plan);
    private readonly Rounds _rounds = new();
    private readonly TrialLengths _lengths = new(cores);
    private readonly Dictionary<string, Probed> _probed = new(StringComparer.Ordinal);
    private readonly Queue<PlannedTrial> _probes = new(SearchSpace.Probes(plan.Cells).Select(cell => plan.Trials.First(trial => trial.Cell == cell && trial.Repetition == 1)));
    private readonly IReadOnlyList<int> _references = SearchSpace.Probes(plan.Cells);
    private Queue<PlannedTrial> _round = new();
    private double _wishedMs;
    private int _number;
    private int _starters;
    private bool _hasEnded;

    /// <summary>What to do next; null when there is nothing left to do.</summary>
    /// <param name="used">Time since the run began.</param>
    public SearchStep? Next(TimeSpan used)
    {
        while (true)
        {
            if (_field.NextSkip() is { } skip)
                return skip;
            if (_hasEnded)
                return null;
            if (_probes.TryDequeue(out var probe))
            {
                _field.Take(probe);
                return TrialLengths.Probe(probe.Index, spec.Limits);
            }

            if (_number == 0)
                StartFirstRound(used);
            else if (_round.Count == 0)
                EndRound(used);
            if (!_hasEnded && _round.TryDequeue(out var trial) && _field.IsIn(trial.Cell) && Measure(trial, used) is { } step)
                return step;
        }
    }

    /// <summary>Takes in a trial that ended.</summary>
    /// <param name="cost">How long it took as a whole.</param>
    public void Add(TrialResult trial, TimeSpan cost)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var cell = plan.Cells[trial.Cell];
        var isProbe = !_probed.ContainsKey(cell.Runtime);
        if (trial.Status != TrialStatus.Completed || trial.ThroughputPerSecond <= 0)
        {
            var failure = trial.Failure.Length > 0 ? trial.Failure.TrimEnd('.') : trial.Errors > 0 ? "every task ended with an error" : "no task ended";
            foreach (var other in isProbe ? _field.OfRuntime(cell.Runtime).Where(other => other != trial.Cell) : [])
                _field.Drop(other, SkipReason.ProbeFailed(cell.Runtime, failure));
            _field.Drop(trial.Cell, SkipReason.Failed(failure));
            return;
        }

        _rounds.Add(trial);
        _field.SawErrors(trial.Cell, trial.Tasks > 0 ? (double)trial.Errors / trial.Tasks : 0);
        if (isProbe)
            _probed[cell.Runtime] = Probed.Of(trial, cell);
        _lengths.Add(cell, trial, cost);
    }

    private MeasureStep? Measure(PlannedTrial trial, TimeSpan used)
    {
        var cell = plan.Cells[trial.Cell];
        var probed = _probed[cell.Runtime];
        var step = _lengths.Step(trial.Index, cell, probed, _wishedMs, _search.Budget.TotalMilliseconds / 20, spec.Limits);
        if (used.TotalMilliseconds + _lengths.CostMs(cell, probed, step.Duration.TotalMilliseconds) > _search.Budget.TotalMilliseconds)
        {
            // A shorter one may still fit; what is there is better than nothing.
            step = _lengths.Step(trial.Index, cell, probed, _lengths.ShortestMs(cell, probed), 0, spec.Limits);
            if (used.TotalMilliseconds + _lengths.CostMs(cell, probed, step.Duration.TotalMilliseconds) > _search.Budget.TotalMilliseconds)
            {
                End(SkipReason.BudgetOver(_search.Budget));
                return null;
            }
        }

        _field.Take(trial);
        return step;
    }

    private void StartFirstRound(TimeSpan used)
    {
        var least = plan.Cells.Where(cell => cell.Strategy == Strategy.Async).Select(cell => cell.Workers).DefaultIfEmpty(1).Min();
        foreach (var cell in _field.Inside)
        {
            if (_probed.TryGetValue(plan.Cells[cell].Runtime, out var probed) && probed.Against(plan.Cells[cell], spec.Matrix, cores, least) is { } reason && _rounds.Count(cell) == 0)
                _field.Drop(cell, reason);
        }

        var costMs = _field.Inside.Where(cell => _rounds.Count(cell) == 0).Sum(cell => ShortCostMs(cell) + 100);
        if (costMs > (_search.Budget - used).TotalMilliseconds * FirstRound)
            _field.LetNeighboursWait();
        _starters = Math.Max(1, _field.Inside.Count);
        StartRound(used);
    }

    private void StartRound(TimeSpan used)
    {
        _number++;
        _round = new(plan.Trials.Where(trial => trial.Repetition == _number && _field.IsOpen(trial) && _field.IsIn(trial.Cell)));
        if (_round.Count == 0)
        {
            // Everything that is in was measured as a probe, or there are no more rounds.
            if (_number >= SearchSpace.MostRounds || _field.Inside.Count == 0)
                End(_field.Inside.Count == 0 ? SkipReason.NothingLeft() : SkipReason.AllRounds(_number));
            return;
        }

        // Each round has the same share of what is left: the fewer candidates, the longer the trials of each.
        var rounds = Math.Min(SearchSpace.MostRounds, (int)Math.Ceiling(Math.Log2(_starters)) + FewestRounds) - _number + 1;
        var shareMs = (_search.Budget - used).TotalMilliseconds / Math.Max(1, rounds);
        _wishedMs = (shareMs - _round.Sum(trial => _lengths.OverheadMs(plan.Cells[trial.Cell]))) / _round.Count;
    }

    private void EndRound(TimeSpan used)
    {
        _field.DropErrors();
        var standings = Standings.Of(_rounds, _field.IsIn);
        DropBehind(standings.Where(standing => _field.IsIn(standing.Cell)).ToArray());
        _field.BringInNeighbours();
        var left = standings.Where(standing => _field.IsIn(standing.Cell)).ToArray();
        if (_field.Inside.Count == 0)
            End(SkipReason.NothingLeft());
        else if (_number >= FewestRounds && _field.Inside.All(cell => _rounds.Count(cell) >= Math.Min(FewestRounds, _number)) && left.Skip(1).All(standing => standing.Error * Standing.Width <= Math.Log(1 + _search.Difference)))
            End(SkipReason.Clear(_number));
        else if (_number >= SearchSpace.MostRounds)
            End(SkipReason.AllRounds(_number));
        else
            StartRound(used);
    }

    /// <summary>Before the third round two stay in any case, so that there is a runner-up with an interval; so do the probes, against which the others' speed-up is told.</summary>
    private void DropBehind(Standing[] inside)
    {
        var least = _number < FewestRounds ? 2 : 1;
        bool Stays(Standing standing) => _number < FewestRounds && _references.Contains(standing.Cell);
        foreach (var standing in inside.Skip(least).Where(standing => !Stays(standing) && standing.IsBehindBy(_search.Difference)))
            _field.Drop(standing.Cell, SkipReason.Behind(standing.Gap, _number));
        if (_number < 2)
            return;

        var keep = Math.Max(SmallField, (int)Math.Ceiling(_starters / Math.Pow(2, _number - 1)));
        var ranked = inside.Where(standing => _field.IsIn(standing.Cell)).OrderBy(standing => Math.Max(standing.Gap, Math.Log(1 + _search.Difference))).ThenBy(standing => Price.Of(plan.Cells[standing.Cell]));
        foreach (var standing in ranked.Skip(keep).Where(standing => !Stays(standing) && standing.Gap > Math.Log(1 + _search.Difference)))
            _field.Drop(standing.Cell, SkipReason.SlowerHalf(standing.Gap, _number));
    }

    private double ShortCostMs(int cell) => _probed.TryGetValue(plan.Cells[cell].Runtime, out var probed)
        ? _lengths.CostMs(plan.Cells[cell], probed, _lengths.ShortestMs(plan.Cells[cell], probed))
        : 0;

    private void End(string reason)
    {
        _hasEnded = true;
        _field.SkipRest(reason);
    }
}
