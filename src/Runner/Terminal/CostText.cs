using System.Globalization;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Terminal;

/// <summary>Where the time of a cell's workers went, in a few words.</summary>
internal static class CostText
{
    private const int MostParts = 3;

    /// <summary>A smaller share is left out.</summary>
    private const double Least = 0.05;

    /// <summary>The largest parts, for example "work 51 %, lock-wait 47 %"; a dash where nothing was measured.</summary>
    public static string Of(CellCosts? costs) => costs is null ? "-" : string.Join(", ", costs.Parts
        .Where(part => part.Share >= Least)
        .OrderByDescending(part => part.Share)
        .Take(MostParts)
        .Select(part => string.Create(CultureInfo.InvariantCulture, $"{EnumName.Of(part.Kind)} {part.Share * 100:0} %")));
}
