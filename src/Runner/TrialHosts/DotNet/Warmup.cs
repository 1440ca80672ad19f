using System.Diagnostics;
using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>
/// Runs tasks that nobody measures: as many, or as long, as the request says, and then until tiered compilation has settled. It
/// has when the number of compiled methods stands still; a trial whose warm-up is empty gets none of this, because it asks for
/// the cold start.
/// </summary>
internal static class Warmup
{
    private const int PollMs = 5;

    /// <summary>A method is compiled again after 30 calls: each worker runs some more tasks than that, where time allows.</summary>
    private const int SettlingTasks = 60;

    private const double RehearsalMs = 100;
    private const double MostRehearsed = 200;
    private const int MostRehearsals = 4;

    private static readonly long StillNs = 30 * 1_000_000L;
    private static readonly long TasksBoundNs = 150 * 1_000_000L;
    private static readonly long BoundNs = 1_000 * 1_000_000L;

    /// <summary>Gives whether compilation had settled at the end.</summary>
    public static bool Run(TrialLoad load, IStrategy strategy, int workers)
    {
        if (load is { Tasks: 0 } or { DurationMs: 0 })
        {
            return true;
        }

        var phase = new Phase(Quota.Open(), isRecorded: false, workers);
        var start = Stopwatch.GetTimestamp();
        strategy.Begin(phase);
        var isSettled = WaitUntilSettled(load, strategy, phase, start, workers);
        phase.Quota.Close();
        phase.WaitForEnd(Timeout.Infinite);
        strategy.TakeTotals();
        return isSettled;
    }

    /// <summary>Open load takes a way of its own through the host, which is compiled as it is first taken: some arrivals that nobody measures, after the warm-up, until nothing is compiled any more.</summary>
    /// <param name="load">The measured load.</param>
    /// <param name="warmup">The warm-up of the request: where it is empty, the cold start is asked for.</param>
    public static void Rehearse(TrialLoad load, TrialLoad warmup, IStrategy strategy, int workers)
    {
        if (load.Stages is not [var stage, ..] || warmup is { Tasks: 0 } or { DurationMs: 0 })
        {
            return;
        }

        var durationMs = Math.Min(RehearsalMs, MostRehearsed * 1000 / stage.RatePerSecond);
        var rehearsal = load with { Stages = [stage with { DurationMs = durationMs }] };
        long before;
        var rounds = 0;
        do
        {
            before = strategy.CompiledMethods;
            var phase = new Phase(Quota.Of(rehearsal, Stopwatch.GetTimestamp()), isRecorded: false, workers);
            strategy.Begin(phase);
            phase.WaitForEnd(Timeout.Infinite);
            strategy.TakeTotals();
        }
        while (strategy.CompiledMethods != before && ++rounds < MostRehearsals);
    }

    private static bool WaitUntilSettled(TrialLoad load, IStrategy strategy, Phase phase, long start, int workers)
    {
        var methods = -1L;
        var changed = start;
        var asked = 0L;
        while (!phase.WaitForEnd(PollMs))
        {
            var now = Stopwatch.GetTimestamp();
            var compiled = strategy.CompiledMethods;
            if (compiled != methods)
            {
                (methods, changed) = (compiled, now);
            }

            var taken = phase.Quota.Taken;
            if (asked == 0 && (load.Tasks is { } tasks ? taken >= tasks : now - start >= load.DurationMs * 1_000_000))
            {
                asked = now;
            }

            if (asked == 0)
            {
                continue;
            }

            var hasRunEnough = taken >= (long)SettlingTasks * workers || now - asked >= TasksBoundNs;
            if (hasRunEnough && now - changed >= StillNs)
            {
                return true;
            }

            if (now - asked >= BoundNs)
            {
                return false;
            }
        }

        return false;
    }
}
