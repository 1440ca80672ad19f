using Brigade.Contracts.Spec.Reading;

namespace Brigade.Contracts.Spec.Validation;

/// <summary>How much work, how often, for how long: load, repeat, warm-up and limits.</summary>
internal static class LoadRules
{
    public const int MaximumRepeat = 1_000;

    private const long MaximumTasks = 1_000_000_000;
    private const double MaximumRate = 10_000_000;
    private const int MaximumStages = 100;
    private const int MaximumInFlight = 1_000_000;
    private static readonly TimeSpan ShortestDuration = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestDuration = TimeSpan.FromHours(24);

    public static void Check(ExperimentSpec spec, RuleContext context)
    {
        CheckLoad(spec, context);
        context.InRange("/repeat", spec.Repeat, 1, MaximumRepeat);
        CheckWarmup(spec.Warmup, context);
        CheckLimits(spec, context);
    }

    private static void CheckLoad(ExperimentSpec spec, RuleContext context)
    {
        var load = spec.Load;
        if (Shape(load) is { } problem)
        {
            context.Report("/load", problem);
            return;
        }

        if (load.Tasks is { } tasks)
        {
            context.InRange("/load/tasks", tasks, 1, MaximumTasks);
        }

        if (load.Duration is { } duration)
        {
            context.InRange("/load/duration", duration, ShortestDuration, LongestDuration);
        }

        CheckOpen(spec, context);
    }

    /// <summary>What is wrong with the combination of fields; null where exactly one model is given.</summary>
    private static string? Shape(LoadSpec load)
    {
        const string models = "give exactly one of: tasks; duration; rate with duration; stages";
        var isStaged = load.Stages.Count > 0;
        var given = (load.Tasks is null ? 0 : 1) + (load.Duration is null && load.Rate is null ? 0 : 1) + (isStaged ? 1 : 0);
        return given == 0 ? $"load says nothing of how much work there is; {models}."
            : given > 1 ? $"load has more than one model; {models}."
            : load.Rate is not null && load.Duration is null ? "load.rate needs a duration beside it, for example { rate: 500/s, duration: 10s }."
            : load.MaxInFlight is not null && load.Rate is null && !isStaged ? "load.maxInFlight belongs to an arrival rate; remove it, or give rate and duration."
            : null;
    }

    private static void CheckOpen(ExperimentSpec spec, RuleContext context)
    {
        var load = spec.Load;
        if (load.Rate is { } rate)
        {
            CheckRate("/load/rate", rate, context);
        }

        if (load.Stages.Count > MaximumStages)
        {
            context.Report("/load/stages", FormattableString.Invariant($"load.stages has {load.Stages.Count:N0} stages; the most is {MaximumStages}."));
        }

        for (var i = 0; i < load.Stages.Count && !context.IsFull; i++)
        {
            var pointer = JsonPointer.Append("/load/stages", i);
            CheckRate(pointer + "/rate", load.Stages[i].Rate, context);
            context.InRange(pointer + "/for", load.Stages[i].For, ShortestDuration, LongestDuration);
        }

        if (Staged(load) is var together && load.Stages.Count > 1 && together > LongestDuration)
        {
            context.Report("/load/stages", $"load.stages take {Units.FormatDuration(together)} together; the most is {Units.FormatDuration(LongestDuration)}.");
        }

        CheckInFlight(spec, context);
        var arrivals = load.OpenStages().Sum(stage => stage.Rate * stage.For.TotalSeconds);
        if (arrivals > MaximumTasks)
        {
            context.Report(load.Rate is null ? "/load/stages" : "/load/rate", $"load has {RuleContext.Number(Math.Round(arrivals))} arrivals in each trial; the most is {RuleContext.Number(MaximumTasks)}.");
        }
    }

    /// <summary>How long the stages take; each counted with at most a little above what one may take, which is told by itself.</summary>
    private static TimeSpan Staged(LoadSpec load) => TimeSpan.FromTicks(load.Stages.Sum(stage => Math.Min(stage.For.Ticks, LongestDuration.Ticks)));

    /// <summary>A worker beyond the most in flight would never get a task.</summary>
    private static void CheckInFlight(ExperimentSpec spec, RuleContext context)
    {
        if (!spec.Load.IsOpen() || (spec.Load.MaxInFlight is { } inFlight && !context.InRange("/load/maxInFlight", inFlight, 1, MaximumInFlight)))
        {
            return;
        }

        var workers = spec.Matrix.Strategy.Any(strategy => strategy != Strategy.Sequential) ? spec.Matrix.Workers.DefaultIfEmpty(1).Max() : 1;
        if (spec.Load.MaxInFlight < workers)
        {
            context.Report("/load/maxInFlight", FormattableString.Invariant($"load.maxInFlight is {spec.Load.MaxInFlight}, fewer than the {workers} workers of a cell, some of which could never get a task; set it to {workers} or more."));
        }
    }

    private static void CheckRate(string pointer, double rate, RuleContext context)
    {
        if (!(rate > 0 && rate <= MaximumRate))
        {
            context.Report(pointer, $"{SpecLabel.Of(pointer)} is {Units.FormatRate(rate)}; it has to be above 0 and at most {Units.FormatRate(MaximumRate)}.");
        }
    }

    private static void CheckWarmup(WarmupSpec warmup, RuleContext context)
    {
        if (warmup.Tasks is null == warmup.Duration is null)
        {
            var found = warmup.Tasks is null ? "has none of them" : "has both";
            context.Report("/warmup", $"warmup needs exactly one of tasks and duration, and {found}; 'tasks: 0' means no warm-up.");
            return;
        }

        if (warmup.Tasks is { } tasks)
        {
            context.InRange("/warmup/tasks", tasks, 0, MaximumTasks);
        }

        if (warmup.Duration is { } duration)
        {
            context.InRange("/warmup/duration", duration, ShortestDuration, LongestDuration);
        }
    }

    private static void CheckLimits(ExperimentSpec spec, RuleContext context)
    {
        if (context.InRange("/limits/trialTimeout", spec.Limits.TrialTimeout, TimeSpan.FromMilliseconds(100), LongestDuration + TimeSpan.FromHours(1)))
        {
            CheckTimeout(spec, context);
        }

        if (spec.Limits.Memory is { } memory and (< 16L << 20 or > 1L << 50))
        {
            context.Report("/limits/memory", $"limits.memory is {Units.FormatSize(memory)}; it has to be from 16MiB to 1024TiB.");
        }

        if (spec.Limits.Processes is { } processes)
        {
            context.InRange("/limits/processes", processes, 8, 32_768);
        }

        if (spec.Limits.CpuTime is { } cpu)
        {
            context.InRange("/limits/cpuTime", cpu, TimeSpan.FromSeconds(1), LongestDuration);
        }

        CheckSize("disk", spec.Limits.Disk, LimitsSpec.MostDisk, context);
        CheckSize("output", spec.Limits.Output, LimitsSpec.MostOutput, context);
        if (spec.Limits.CpuSet is { } cpus && CpuList.TryParse(cpus) is null)
        {
            context.Report("/limits/cpuSet", $"limits.cpuSet is '{SpecLabel.Shorten(cpus)}', which is no list of processors; {CpuList.Form}.");
        }
    }

    private static void CheckSize(string name, long? size, long most, RuleContext context)
    {
        if (size is { } bytes && (bytes < 1 << 20 || bytes > most))
        {
            context.Report($"/limits/{name}", $"limits.{name} is {Units.FormatSize(bytes)}; it has to be from 1MiB to {Units.FormatSize(most)}.");
        }
    }

    /// <summary>A trial that works for longer than it may would never complete.</summary>
    private static void CheckTimeout(ExperimentSpec spec, RuleContext context)
    {
        var (load, warmup) = (spec.Load.Duration ?? Staged(spec.Load), spec.Warmup.Duration ?? TimeSpan.Zero);
        if (load <= LongestDuration && warmup <= LongestDuration && load + warmup >= spec.Limits.TrialTimeout)
        {
            var pointer = load == TimeSpan.Zero ? "/warmup/duration" : spec.Load.Duration is null ? "/load/stages" : "/load/duration";
            context.Report(pointer, $"{SpecLabel.Of(pointer)}: load and warm-up take {Units.FormatDuration(load + warmup)}, and limits.trialTimeout is {Units.FormatDuration(spec.Limits.TrialTimeout)}, so every trial would time out; set limits.trialTimeout well above that.");
        }
    }
}
