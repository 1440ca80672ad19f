using System.Globalization;

namespace Brigade.Web.Components.Formatting;

/// <summary>Times as the reader of this page sees them: in the time zone of the browser, and relative to now.</summary>
public sealed class ReaderClock(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(15);
    private readonly Lock _gate = new();
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private ITimer? _timer;
    private EventHandler? _ticked;

    /// <summary>Relative times may have changed. Raised only while somebody listens, on a pool thread.</summary>
    public event EventHandler Ticked
    {
        add
        {
            lock (_gate)
            {
                _ticked += value;
                _timer ??= time.CreateTimer(_ => _ticked?.Invoke(this, EventArgs.Empty), null, TickEvery, TickEvery);
            }
        }

        remove
        {
            lock (_gate)
                _ticked -= value;
        }
    }

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The day that it is where the reader is.</summary>
    public DateTime Today => TimeZoneInfo.ConvertTime(Now, _zone).Date;

    /// <summary>The moment, in UTC, at which the reader's clocks show <paramref name="local"/>.</summary>
    public DateTimeOffset At(DateTime local)
    {
        var shown = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return new DateTimeOffset(shown, _zone.GetUtcOffset(shown)).ToUniversalTime();
    }

    /// <summary>Uses the zone of this IANA name; stays with UTC where this machine does not know it.</summary>
    public void UseZone(string name)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            _zone = zone;
    }

    /// <summary>For example <c>24 Nov 2026, 06:51</c>.</summary>
    public string Short(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>For example <c>Tuesday, 24 November 2026, 06:51:18 (Europe/Berlin)</c>.</summary>
    public string Exact(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(at, _zone):dddd, d MMMM yyyy, HH:mm:ss} ({_zone.Id})");

    /// <summary>For example <c>3 min ago</c>; the date where it is more than a week ago.</summary>
    public string Relative(DateTimeOffset at)
    {
        var ago = Now - at;
        return ago switch
        {
            { TotalSeconds: < -5 } => Short(at),
            { TotalSeconds: < 10 } => "just now",
            { TotalSeconds: < 60 } => "less than a minute ago",
            { TotalMinutes: < 60 } => Ago(ago.TotalMinutes, "min"),
            { TotalHours: < 24 } => Ago(ago.TotalHours, "h"),
            { TotalDays: < 2 } => "yesterday",
            { TotalDays: < 7 } => Ago(ago.TotalDays, "days"),
            _ => Short(at),
        };
    }

    public void Dispose() => _timer?.Dispose();

    private static string Ago(double count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(count):0} {unit} ago");
}
