using Brigade.Contracts.Runs;

namespace Brigade.Analysis.Searching;

/// <summary>What a search measured: the throughput of each candidate in each round. Candidates are compared within rounds, so that what disturbs all of a round's trials cancels out.</summary>
internal sealed class Rounds
{
    private readonly Dictionary<int, SortedDictionary<int, double>> _logs = [];
    private readonly List<double> _otherLoads = [];

    /// <summary>The last round in which anything was measured; 0 where nothing was.</summary>
    public int Last { get; private set; }

    /// <summary>Processors that were busy with other work, on average over the trials that tell; 0 where none does.</summary>
    public double OtherLoad => _otherLoads.Count == 0 ? 0 : _otherLoads.Average();

    /// <summary>Candidates that have a figure.</summary>
    public IReadOnlyCollection<int> Cells => _logs.Keys;

    public static Rounds Of(IEnumerable<TrialResult> trials)
    {
        var rounds = new Rounds();
        foreach (var trial in trials)
            rounds.Add(trial);
        return rounds;
    }

    /// <summary>Takes in a trial; only one that completed, with tasks that succeeded, counts.</summary>
    public void Add(TrialResult trial)
    {
        if (trial.Status != TrialStatus.Completed || trial.ThroughputPerSecond <= 0)
            return;
        Add(trial.Cell, trial.Repetition, trial.ThroughputPerSecond);
        if (trial.OtherLoad is { } load)
            _otherLoads.Add(load);
    }

    public void Add(int cell, int round, double throughput)
    {
        if (!_logs.TryGetValue(cell, out var logs))
            _logs[cell] = logs = [];
        logs[round] = Math.Log(throughput);
        Last = Math.Max(Last, round);
    }

    /// <summary>In how many rounds a candidate was measured.</summary>
    public int Count(int cell) => _logs.TryGetValue(cell, out var logs) ? logs.Count : 0;

    /// <summary>The last round in which a candidate was measured; 0 for none.</summary>
    public int LastOf(int cell) => _logs.TryGetValue(cell, out var logs) ? logs.Keys.Last() : 0;

    /// <summary>How far a candidate was behind another in each round that has both: logarithms of the ratio of their throughputs.</summary>
    public double[] Behind(int cell, int other) =>
        _logs.TryGetValue(cell, out var own) && _logs.TryGetValue(other, out var others)
            ? own.Where(pair => others.ContainsKey(pair.Key)).Select(pair => others[pair.Key] - pair.Value).ToArray()
            : [];

    /// <summary>The level of each candidate: least squares over candidates and rounds, so that a candidate which missed the good rounds is not behind for it. Logarithms; only differences mean something.</summary>
    public IReadOnlyDictionary<int, double> Levels()
    {
        const int sweeps = 30;
        var levels = _logs.ToDictionary(pair => pair.Key, pair => pair.Value.Values.Average());
        for (var sweep = 0; sweep < sweeps && Last > 1; sweep++)
        {
            var effects = _logs.SelectMany(pair => pair.Value.Select(log => (Round: log.Key, Residual: log.Value - levels[pair.Key])))
                .GroupBy(item => item.Round).ToDictionary(group => group.Key, group => group.Average(item => item.Residual));
            foreach (var (cell, logs) in _logs)
                levels[cell] = logs.Average(log => log.Value - effects[log.Key]);
        }
        return levels;
    }
}
