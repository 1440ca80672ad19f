namespace Brigade.Web.Features.Webhooks.Sending;

/// <summary>When to try again: four times as long after each failure, up to a bound, and then no more.</summary>
internal static class Backoff
{
    private const double Factor = 4;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>Null where it is to be given up.</summary>
    /// <param name="attempts">Tries so far, the one that has just failed with them.</param>
    /// <param name="asked">What the receiver asked for, where it did; at most the bound.</param>
    /// <param name="chance">0 to 1: a fifth more or less, so that what failed together is not tried again together.</param>
    public static TimeSpan? After(int attempts, WebhookOptions options, TimeSpan? asked, double chance)
    {
        if (attempts >= options.Attempts)
            return null;
        var ticks = Math.Min(options.FirstRetry.Ticks * Math.Pow(Factor, attempts - 1), Longest.Ticks) * (0.8 + (0.4 * chance));
        var wait = asked is { } least && least.Ticks > ticks ? least : TimeSpan.FromTicks((long)ticks);
        return wait < Longest ? wait : Longest;
    }
}
