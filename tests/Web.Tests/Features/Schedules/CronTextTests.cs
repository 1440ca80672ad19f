using System.Globalization;
using Brigade.Web.Features.Schedules;

namespace Brigade.Web.Tests.Features.Schedules;

public sealed class CronTextTests
{
    [Theory]
    [InlineData("0 3 * * *", "UTC", "2026-01-05T12:00:00Z", "2026-01-06T03:00:00Z")]
    [InlineData("0 3 * * *", "Europe/Berlin", "2026-01-05T12:00:00Z", "2026-01-06T02:00:00Z")]
    [InlineData("  0   3 * * 1-5 ", "Europe/Berlin", "2026-07-03T12:00:00Z", "2026-07-06T01:00:00Z")]
    [InlineData("@daily", "America/New_York", "2026-01-05T12:00:00Z", "2026-01-06T05:00:00Z")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")] // That night has no 2:30.
    [InlineData("*/15 * * * *", "UTC", "2026-01-05T12:00:00Z", "2026-01-05T12:15:00Z")]
    public void Next_ByTheClockOfTheZone_IsInUtc(string cron, string zone, string after, string expected)
    {
        var (text, problems) = CronText.Read(cron, zone);

        Assert.Empty(problems);
        Assert.Equal(At(expected), text!.Next(At(after)));
        Assert.Equal((string.Join(' ', cron.Split(' ', StringSplitOptions.RemoveEmptyEntries)), zone), (text.Cron, text.TimeZone));
    }

    [Fact]
    public void Next_NightOfTwoTwos_RunsOnce()
    {
        var text = CronText.Read("30 2 * * *", "Europe/Berlin").Text!;

        Assert.Equal([At("2026-10-25T00:30:00Z"), At("2026-10-26T01:30:00Z")], text.Next(At("2026-10-24T12:00:00Z"), 2));
    }

    [Fact]
    public void Next_NoSuchDay_IsNull() => Assert.Empty(CronText.Read("0 0 30 2 *", "UTC").Text!.Next(At("2026-01-05T12:00:00Z"), 3));

    [Theory]
    [InlineData("", "five fields")]
    [InlineData("0 3 * *", "this one has 4")]
    [InlineData("0 3 * * * *", "this one has 6")]
    [InlineData("60 3 * * *", "The minute '60' (field 1, at character 1)")]
    [InlineData("0 25 * * *", "The hour '25' (field 2, at character 3)")]
    [InlineData("0 3 32 * *", "The day of the month '32' (field 3, at character 5)")]
    [InlineData("0 3 *  13 *", "The month '13' (field 4, at character 8)")]
    [InlineData("0 3 * * MOONDAY", "The day of the week 'MOONDAY' (field 5, at character 9)")]
    [InlineData("@often", "'@often' is no short form")]
    [InlineData("@every_second", "no short form")]
    public void Read_WrongCron_SaysWhatAndWhere(string cron, string expected)
    {
        var (text, problems) = CronText.Read(cron, "UTC");

        Assert.Null(text);
        var problem = Assert.Single(problems);
        Assert.Equal("cron", problem.Field);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralWrong_SaysAll() => Assert.Equal(
        ["timeZone", "cron", "cron"], CronText.Read("61 24 * * *", "Europe/Atlantis").Problems.Select(problem => problem.Field), StringComparer.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("Mars")]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/localtime")]
    public void Read_WrongZone_SaysSo(string zone) => Assert.Equal("timeZone", Assert.Single(CronText.Read("0 3 * * *", zone).Problems).Field);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
