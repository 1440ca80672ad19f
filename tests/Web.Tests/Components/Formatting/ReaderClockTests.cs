using Brigade.Web.Components.Formatting;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Brigade.Web.Tests.Components.Formatting;

public sealed class ReaderClockTests
{
    private readonly FakeTimeProvider _time = new(Given.Noon);

    [Theory]
    [InlineData(3, "just now")]
    [InlineData(40, "less than a minute ago")]
    [InlineData(200, "3 min ago")]
    [InlineData(7_300, "2 h ago")]
    [InlineData(100_000, "yesterday")]
    [InlineData(300_000, "3 days ago")]
    [InlineData(1_000_000, "24 Dec 2025, 22:13")]
    public void Relative_SecondsAgo_ReadsAsPeopleSayIt(int seconds, string expected)
    {
        using var clock = new ReaderClock(_time);
        Assert.Equal(expected, clock.Relative(Given.Noon.AddSeconds(-seconds)));
    }

    [Fact]
    public void Exact_KnownZone_IsTheReadersTime()
    {
        using var clock = new ReaderClock(_time);
        clock.UseZone("Europe/Berlin");
        Assert.Equal("Monday, 5 January 2026, 13:00:00 (Europe/Berlin)", clock.Exact(Given.Noon));
    }

    [Fact]
    public void Today_ZoneWhereItIsTomorrow_IsTheReadersDay()
    {
        using var clock = new ReaderClock(_time);
        clock.UseZone("Pacific/Kiritimati");
        Assert.Equal(new DateTime(2026, 1, 6, 0, 0, 0, DateTimeKind.Unspecified), clock.Today);
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 22, 0, 0, TimeSpan.Zero), clock.At(clock.Today.AddHours(12)));
    }

    [Fact]
    public void UseZone_Unknown_StaysWithUtc()
    {
        using var clock = new ReaderClock(_time);
        clock.UseZone("Middle/Earth");
        Assert.Equal("5 Jan 2026, 12:00", clock.Short(Given.Noon));
    }

    [Fact]
    public void Ticked_TimePasses_IsRaised()
    {
        using var clock = new ReaderClock(_time);
        var ticks = 0;
        clock.Ticked += (_, _) => ticks++;
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(2, ticks);
    }
}
