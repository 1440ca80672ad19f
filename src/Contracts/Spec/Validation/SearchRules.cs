using Brigade.Contracts.Spec.Reading;

namespace Brigade.Contracts.Spec.Validation;

/// <summary>A search answers for one kind of work under a closed load, and decides itself what a plan would otherwise say.</summary>
internal static class SearchRules
{
    private const double LeastDifference = 0.005;
    private const double MostDifference = 0.5;
    private static readonly TimeSpan LeastBudget = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostBudget = TimeSpan.FromHours(1);

    public static void Check(ExperimentSpec spec, RuleContext context)
    {
        if (spec.Search is not { } search)
        {
            return;
        }

        context.InRange("/search/budget", search.Budget, LeastBudget, MostBudget);
        if (!(search.Difference is >= LeastDifference and <= MostDifference))
        {
            context.Report("/search/difference", $"search.difference is {Units.FormatRatio(search.Difference)}; it has to be from {Units.FormatRatio(LeastDifference)} to {Units.FormatRatio(MostDifference)}.");
        }

        CheckDecided(spec, context);
        CheckOneWork(spec, context);
    }

    /// <summary>What the search decides cannot be given beside it: it would be ignored silently.</summary>
    private static void CheckDecided(ExperimentSpec spec, RuleContext context)
    {
        var defaults = new ExperimentSpec { Name = "", Workload = new WorkloadSpec() };
        if (spec.Load.IsOpen())
        {
            context.Report("/load", "search asks how much the workers can do, which arrivals by the clock would hide; remove load, or remove search to measure an open load.");
        }
        else if (spec.Load != defaults.Load)
        {
            context.Report("/load", "search decides how long each candidate is measured; remove load.");
        }

        if (spec.Repeat != defaults.Repeat)
        {
            context.Report("/repeat", "search decides how often each candidate is measured; remove repeat.");
        }

        if (spec.Stop is not null)
        {
            context.Report("/stop", "search decides when a candidate is measured well enough; remove stop.");
        }

        if (spec.Warmup != defaults.Warmup)
        {
            context.Report("/warmup", "search decides how long each candidate warms up; remove warmup.");
        }

        if (spec.Order != defaults.Order)
        {
            context.Report("/order", "search measures its candidates in interleaved rounds, so that none has the better conditions; remove order.");
        }

        if (spec.Faults.Count > 0)
        {
            context.Report("/faults", "search looks for the best candidate of undisturbed work; remove faults.");
        }
    }

    /// <summary>Other parameters and payloads are other work: no candidate wins by them.</summary>
    private static void CheckOneWork(ExperimentSpec spec, RuleContext context)
    {
        foreach (var (name, values) in spec.Matrix.Params.Where(pair => pair.Value.Count > 1))
        {
            context.Report(JsonPointer.Append("/matrix/params", name), FormattableString.Invariant($"matrix.params.{SpecLabel.Shorten(name)} has {values.Count} values, which are different work; search answers for one: give it one value, and search once for each."));
        }

        if (spec.Matrix.PayloadBytes.Count > 1)
        {
            context.Report("/matrix/payloadBytes", FormattableString.Invariant($"matrix.payloadBytes has {spec.Matrix.PayloadBytes.Count} values, which are different work; search answers for one: give one value, and search once for each."));
        }
    }
}
