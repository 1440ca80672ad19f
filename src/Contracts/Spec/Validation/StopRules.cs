using Brigade.Contracts.Spec.Reading;

namespace Brigade.Contracts.Spec.Validation;

/// <summary>When a run is content or gives up: stop rule, thresholds and abort.</summary>
internal static class StopRules
{
    private const int MaximumConditions = 50;

    public static void Check(ExperimentSpec spec, RuleContext context)
    {
        CheckStop(spec, context);
        CheckConditions("thresholds", spec.Thresholds, context);
        CheckConditions("abort", spec.Abort, context);
    }

    private static void CheckStop(ExperimentSpec spec, RuleContext context)
    {
        if (spec.Stop is not { } stop)
        {
            return;
        }

        if (!(stop.RelativeError is > 0 and <= 1))
        {
            context.Report("/stop/relativeError", $"stop.relativeError is {Units.FormatRatio(stop.RelativeError)}; it has to be above 0 and at most 100%, for example '2%'.");
        }

        if (context.InRange("/stop/atLeast", stop.AtLeast, 2, LoadRules.MaximumRepeat) && stop.AtLeast > spec.Repeat)
        {
            context.Report("/stop/atLeast", FormattableString.Invariant($"stop.atLeast is {stop.AtLeast}, more than the {spec.Repeat} repetitions of repeat, so nothing could ever stop early; set repeat to the most repetitions that a cell may have."));
        }
    }

    private static void CheckConditions(string name, IReadOnlyList<string> conditions, RuleContext context)
    {
        if (conditions.Count > MaximumConditions)
        {
            context.Report($"/{name}", FormattableString.Invariant($"{name} has {conditions.Count:N0} conditions; the most is {MaximumConditions}."));
        }

        for (var i = 0; i < conditions.Count && !context.IsFull; i++)
        {
            if (!Threshold.TryParse(conditions[i], out _, out var error))
            {
                context.Report(JsonPointer.Append($"/{name}", i), FormattableString.Invariant($"{name}[{i}]: {error}"));
            }
        }
    }
}
