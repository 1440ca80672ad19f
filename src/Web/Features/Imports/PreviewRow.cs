using Brigade.Analysis.Importing;
using Brigade.Analysis.Statistics;

namespace Brigade.Web.Features.Imports;

/// <summary>One benchmark of a file that is about to be imported.</summary>
/// <param name="Throughput">Median over its trials that completed; 0 where none did.</param>
/// <param name="P50Ms">Null where the file does not tell.</param>
internal sealed record PreviewRow(string Name, string Runtime, int Trials, double Throughput, double? P50Ms, long Errors)
{
    public static IEnumerable<PreviewRow> Of(ForeignRun run)
    {
        var trials = run.Trials.ToLookup(trial => trial.Cell);
        return run.Plan.Cells.Select((cell, index) => new PreviewRow(
            string.Join(" · ", [cell.Params[ImportNames.Parameter].Text, .. cell.Params.Where(pair => pair.Key != ImportNames.Parameter).Select(pair => $"{pair.Key} {pair.Value.Text}")]),
            trials[index].First().Runtime,
            trials[index].Count(),
            Median.Of(trials[index].Select(trial => trial.ThroughputPerSecond)),
            trials[index].Select(trial => trial.Latency.P50Ms).OfType<double>().ToArray() is { Length: > 0 } told ? Median.Of(told) : null,
            trials[index].Sum(trial => trial.Errors)));
    }
}
