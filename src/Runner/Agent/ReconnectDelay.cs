namespace Brigade.Runner.Agent;

/// <summary>How long to wait before connecting again: doubling from a fifth of a second to ten seconds, spread by chance so that many runners do not come at once.</summary>
internal sealed class ReconnectDelay(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private int _attempts;

    public void Reset() => _attempts = 0;

    public TimeSpan Next()
    {
        var limit = Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, Math.Min(_attempts++, 16)));
        return TimeSpan.FromMilliseconds(limit * (0.5 + (random.NextDouble() / 2)));
    }
}
