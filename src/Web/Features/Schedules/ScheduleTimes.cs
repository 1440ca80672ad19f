using Brigade.Data.Queries;

namespace Brigade.Web.Features.Schedules;

/// <summary>The times that a stored schedule runs at.</summary>
internal static class ScheduleTimes
{
    /// <summary>The next ones, beginning with the one that is stored; empty where it is paused.</summary>
    public static IReadOnlyList<DateTimeOffset> Of(ScheduleRow row, int count) =>
        row.NextAt is not { } next ? [] : CronText.Read(row.Cron, row.TimeZone).Text is { } text ? [next, .. text.Next(next, count - 1)] : [next];
}
