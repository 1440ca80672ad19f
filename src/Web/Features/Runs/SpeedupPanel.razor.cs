using Brigade.Contracts.Runs;
using Brigade.Web.Components.Formatting;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Runs;

/// <summary>Speed-up over workers, with the fitted law and its peak.</summary>
public sealed partial class SpeedupPanel
{
    private IReadOnlyList<SpeedupFit> _fits = [];
    private IReadOnlyList<CellResult> _shown = [];

    [Parameter, EditorRequired]
    public IReadOnlyList<CellResult> Cells { get; set; } = [];

    [Parameter]
    public int Cores { get; set; }

    private string Label => "Line chart: speed-up over workers. "
        + string.Join(". ", _fits.Select(fit => $"{fit.Line.Name}: {string.Join(", ", fit.Line.Points.Select(point => $"{Numbers.Times(point[1])} with {point[0]:0}"))}"));

    protected override void OnParametersSet()
    {
        // A fit takes some milliseconds: not at every rendering of the page.
        if (_shown.SequenceEqual(Cells))
            return;
        _shown = [.. Cells];
        _fits = [.. ResultLines.Speedup(Cells).Select(SpeedupFit.Of)];
    }
}
