namespace Brigade.Runner.Recording;

/// <summary>How the throughput of a trial changed from its first third to its last. Takes bounded memory however long the trial is.</summary>
internal sealed class Drift
{
    /// <summary>Below this many frames or tasks the thirds differ by chance.</summary>
    private const int FewestFrames = 15;
    private const int FewestTasks = 150;
    private const int MostBuckets = 1_200;

    private readonly List<long> _buckets = [];
    private long _open;
    private int _framesInOpen;
    private int _framesPerBucket = 1;

    /// <summary>Takes in a whole frame.</summary>
    /// <param name="tasks">Tasks that ended in it.</param>
    public void Add(long tasks)
    {
        _open += tasks;
        if (++_framesInOpen < _framesPerBucket)
        {
            return;
        }

        _buckets.Add(_open);
        (_open, _framesInOpen) = (0, 0);
        if (_buckets.Count < MostBuckets)
        {
            return;
        }

        for (var i = 0; i < MostBuckets / 2; i++)
        {
            _buckets[i] = _buckets[2 * i] + _buckets[(2 * i) + 1];
        }

        _buckets.RemoveRange(MostBuckets / 2, MostBuckets / 2);
        _framesPerBucket *= 2;
    }

    /// <summary>The last third over the first, minus 1; null where there is too little to tell.</summary>
    public double? Value()
    {
        var third = _buckets.Count / 3;
        var first = _buckets.Take(third).Sum();
        return _buckets.Count * _framesPerBucket < FewestFrames || _buckets.Sum() < FewestTasks || first == 0 ? null : (double)_buckets.TakeLast(third).Sum() / first - 1;
    }
}
