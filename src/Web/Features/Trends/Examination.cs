using Brigade.Analysis.Changes;
using Brigade.Data.Entities;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Trends;

/// <summary>Looks at the trends that an ended run has a point in, and stores the changes that it finds there.</summary>
internal sealed class Examination(TrendStore trends, ChangeStore changes, TimeProvider time)
{
    private static readonly ChangeMetric[] Metrics = [ChangeMetric.Throughput, ChangeMetric.P99];

    /// <summary>Doing it twice finds nothing new.</summary>
    public async Task ExamineAsync(DueExamination due, CancellationToken cancellation)
    {
        foreach (var cell in due.CellKeys)
        {
            var series = new SeriesName(due.ExperimentId, cell, due.MachineKey);
            var points = (await trends.PointsAsync(due.ExperimentId, cell, since: null, due.MachineKey, cancellation)).Points;
            var known = await changes.OfSeriesAsync(due.ExperimentId, cell, due.MachineKey, cancellation);
            foreach (var metric in Metrics)
            {
                var findings = ShiftBook.Compare(points, metric, known, series, values => ChangePoints.Find(values), time.GetUtcNow());
                if (findings.Found.Count + findings.Confirmed.Count + findings.Vanished.Count > 0)
                    await changes.StoreAsync(findings, cancellation);
            }
        }

        await changes.ExaminedAsync(due, cancellation);
    }
}
