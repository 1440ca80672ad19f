using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Costs;

/// <summary>
/// Takes the budget of one trial, workers times wall time, apart. Each measured part gets no more than what is left of the whole it lies in, so that the parts sum to the budget;
/// what no measurement tells is <see cref="CostKind.Unexplained"/>.
/// </summary>
internal static class TrialCosts
{
    /// <summary>Milliseconds by <see cref="CostKind"/>; null where the trial has not what it takes: no task ended, or it was recorded before this was measured.</summary>
    /// <param name="alone">The task without others beside it; null where that was not measured.</param>
    public static double[]? Of(TrialRow row, AloneTask? alone)
    {
        if (row is not { Tasks: > 0, WallMs: > 0, BetweenTasksMs: { } between, IdleMs: { } idle })
            return null;
        var parts = new double[Enum.GetValues<CostKind>().Length];
        var budget = row.Workers * row.WallMs;
        var gaps = new Remainder(Math.Min(between, budget));
        var isInTask = row.Strategy == Strategy.ProcessPerTask;
        if (!isInTask)
            TakeTransport(parts, row, gaps);
        var outside = parts[(int)CostKind.Serialization];
        parts[(int)CostKind.QueueWait] = gaps.Left;

        var inTasks = InTasks.Of(row, row.WorkerCpuMs is null ? 0 : outside);
        if (isInTask)
            SplitProcesses(parts, row, inTasks, alone);
        else
            SplitTasks(parts, row, inTasks, alone);

        parts[(int)CostKind.Idle] = Math.Min(idle, budget);
        Balance(parts, budget);
        return parts;
    }

    /// <summary>Both sides' times as far as workers waited: what a host did beside working workers cost them nothing. Where they do not fit, they share what there is.</summary>
    private static void TakeTransport(double[] parts, TrialRow row, Remainder left)
    {
        var (serialization, channel) = (row.SerializationMs ?? 0, row.ChannelMs ?? 0);
        var fit = serialization + channel > left.Left ? left.Left / (serialization + channel) : 1;
        parts[(int)CostKind.Serialization] = left.Take(serialization * fit);
        parts[(int)CostKind.Channel] = left.Take(channel * fit);
    }

    private static void SplitTasks(double[] parts, TrialRow row, InTasks inTasks, AloneTask? alone)
    {
        parts[(int)CostKind.Work] = inTasks.CpuMs;
        parts[(int)CostKind.RunQueue] = inTasks.DelayMs ?? 0;
        var wait = new Remainder(inTasks.WaitMs);
        if (alone is null)
        {
            parts[(int)CostKind.Wait] = wait.Left;
            return;
        }

        parts[(int)CostKind.WorkWaiting] = wait.Take(row.Tasks * alone.WaitMs);

        // A wait that is no lock's may still be the run queue's, where the kernel does not tell.
        parts[(int)(inTasks.DelayMs is null ? CostKind.Unexplained : CostKind.LockWait)] = wait.Left;
    }

    /// <summary>A task has a process of its own here, from before its start until after its end: too short to be watched, so the task alone tells what of it is work.</summary>
    private static void SplitProcesses(double[] parts, TrialRow row, InTasks inTasks, AloneTask? alone)
    {
        var left = new Remainder(inTasks.TotalMs);
        if (alone is not null)
        {
            parts[(int)CostKind.Work] = left.Take(row.Tasks * alone.CpuMs);
            parts[(int)CostKind.WorkWaiting] = left.Take(row.Tasks * alone.WaitMs);
        }

        TakeTransport(parts, row, left);
        parts[(int)(alone is null ? CostKind.Unexplained : CostKind.ProcessStart)] = left.Left;
    }

    /// <summary>What is missing is unexplained. Clocks of several processes may make a whole too large by a hair: then all parts shrink alike.</summary>
    private static void Balance(double[] parts, double budget)
    {
        var sum = parts.Sum();
        if (sum <= budget)
        {
            parts[(int)CostKind.Unexplained] += budget - sum;
            return;
        }

        for (var kind = 0; kind < parts.Length; kind++)
            parts[kind] *= budget / sum;
    }

    /// <summary>A whole of which parts are taken, never more than is left.</summary>
    private sealed class Remainder(double whole)
    {
        public double Left { get; private set; } = Math.Max(0, whole);

        public double Take(double wanted)
        {
            var taken = Math.Clamp(wanted, 0, Left);
            Left -= taken;
            return taken;
        }
    }
}
