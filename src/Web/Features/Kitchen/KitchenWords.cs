using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Features.Kitchen;

/// <summary>What one sees in a trial's kitchen, in plain words.</summary>
public static class KitchenWords
{
    /// <summary>Below this share a kind of waiting is not spoken of.</summary>
    private const double Worth = 0.1;

    /// <summary>For example <c>4 chefs, one stove: 1.02 stoves in use</c>.</summary>
    public static string Title(KitchenScene scene, KitchenTotals totals)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(totals);
        var stoves = scene.Stoves == 1 ? "one stove" : $"{Numbers.Count(scene.Stoves)} stoves";
        var who = scene.Strategy switch
        {
            Strategy.Sequential => "One chef, one dish at a time",
            Strategy.Async => $"One chef, {Numbers.Count(scene.Workers, "pot")}",
            Strategy.Processes => $"{Numbers.Count(scene.Workers, "kitchen")} with a chef each, {stoves}",
            Strategy.ProcessPerTask => $"A kitchen built for each dish, {Numbers.Count(scene.Workers)} at a time, {stoves}",
            _ => $"{Numbers.Count(scene.Workers, "chef")}, {stoves}",
        };
        return totals.Ms <= 0 ? $"{who}." : $"{who}: {Numbers.Short(totals.Cpu)} {(scene.Stoves == 1 ? "of it" : "of them")} in use, {Numbers.Count(totals.Tasks, "dish", "dishes")} done.";
    }

    /// <summary>What the chefs did, one sentence a line.</summary>
    public static IReadOnlyList<string> Sentences(KitchenScene scene, KitchenTotals totals, TrialResult? result)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(totals);
        if (totals.Ms <= 0)
            return [];
        List<string> said = [];
        Say(said, totals.Share('s'), share => scene.Strategy == Strategy.Async
            ? $"The one chef is busy: {share} of the time a pot waited for the chef, because one event loop does one thing at a time."
            : $"{share} of the chefs' time went into waiting for the one stove: the GIL lets one thread at a time run Python code, however many there are.");
        Say(said, totals.Share('p'), share => $"{share} of the time they waited for a free stove: there are more {(scene.Layout == KitchenScene.Room ? "chefs" : "kitchens")} than processors, or other work had them.");
        Say(said, totals.Share('l'), share => $"{share} of the time they waited for each other: this work shares what only one may use at a time (a lock).");
        Say(said, totals.Share('o'), share => scene.Strategy == Strategy.Async
            ? $"{share} of the time the pots were left to themselves, waiting for an answer, a disk or the time: that is why one chef is enough."
            : $"{share} of the chefs' time went into waiting at the oven: for an answer, a disk or the time, and not for a stove.");
        Say(said, totals.Share('w'), share => $"{share} of the time they waited within tasks; what for cannot be seen from outside.");
        Say(said, totals.Share('f'), share => $"{share} of the time they worked between dishes: taking orders, carrying plates, writing down.");
        Say(said, totals.Share('i'), share => $"{share} of the time they had nothing to do.");
        if (said.Count == 0)
            said.Add("The chefs cooked nearly all the time.");
        if (Carrying(scene, result) is { Length: > 0 } carrying)
            said.Add(carrying);
        if (totals.Share('g') > 0)
            said.Add("A chef left in the middle of the trial (its process or thread ended).");
        return said;
    }

    /// <summary>Share of the chefs' time that went into carrying plates; null where it was not measured, or not yet.</summary>
    public static double? CarryingShare(KitchenScene scene, TrialResult? result)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return result is { WallMs: > 0 } && (result.SerializationMs ?? result.ChannelMs) is not null
            ? Math.Min(1, ((result.SerializationMs ?? 0) + (result.ChannelMs ?? 0)) / (result.WallMs * scene.Workers))
            : null;
    }

    /// <summary>What each letter of <see cref="ChefReader"/> means, after a number of chefs, in the order in which they are told.</summary>
    public static IReadOnlyDictionary<string, string> Letters(KitchenScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var loop = scene.Layout == KitchenScene.Loop;
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["c"] = loop ? "under the chef's hands" : "cooking",
            ["s"] = loop ? "waiting for the chef" : "waiting for the one stove (the GIL)",
            ["p"] = "waiting for a free stove (a processor)",
            ["l"] = "waiting for a lock",
            ["o"] = loop ? "cooking by themselves (waiting for an answer)" : "waiting at the oven (for an answer)",
            ["w"] = "waiting for something that cannot be seen from outside",
            ["f"] = "fetching and carrying",
            ["i"] = loop ? "empty" : "idle",
            ["g"] = "gone",
        };
    }

    private static void Say(List<string> said, double share, Func<string, string> sentence)
    {
        if (share >= Worth)
            said.Add(sentence(Numbers.Percent(share)));
    }

    private static string Carrying(KitchenScene scene, TrialResult? result)
    {
        if (scene.Layout is not (KitchenScene.Rooms or KitchenScene.PerTask) || result is null || result.Tasks == 0)
            return "";
        if (CarryingShare(scene, result) is not { } share)
            return "How long the plates were carried between the kitchens was not measured here.";
        var each = ((result.SerializationMs ?? 0) + (result.ChannelMs ?? 0)) / result.Tasks;
        return $"Carrying plates between the kitchens took {Numbers.Time(each)} a dish, {Numbers.Percent(share)} of the chefs' time: {Numbers.Time((result.SerializationMs ?? 0) / result.Tasks)} of packing and unpacking (serialisation) and "
            + $"{Numbers.Time((result.ChannelMs ?? 0) / result.Tasks)} on the way (the channel).";
    }
}
