using System.Globalization;
using Brigade.Data.Queries;
using Cronos;

namespace Brigade.Web.Features.Schedules;

/// <summary>What is wrong with a cron expression or a time zone.</summary>
/// <param name="Field">The member that it is about: <c>cron</c> or <c>timeZone</c>.</param>
/// <param name="Column">Where in it, from 1; 0 where it is about all of it.</param>
public sealed record ScheduleProblem(string Field, string Message, int Column = 0);

/// <summary>When a schedule runs: a cron expression of five fields (minute, hour, day of the month, month, day of the week) by the clock of a time zone.</summary>
public sealed class CronText
{
    private static readonly (string Name, string Allowed)[] Fields =
    [
        ("minute", "0 to 59"), ("hour", "0 to 23"), ("day of the month", "1 to 31, L or W"), ("month", "1 to 12 or JAN to DEC"), ("day of the week", "0 to 7 (0 and 7 are Sunday) or SUN to SAT"),
    ];

    private readonly CronExpression _expression;
    private readonly TimeZoneInfo _zone;

    private CronText(string cron, CronExpression expression, TimeZoneInfo zone) => (Cron, _expression, _zone) = (cron, expression, zone);

    /// <summary>As it is stored: one space between fields.</summary>
    public string Cron { get; }

    /// <summary>IANA name.</summary>
    public string TimeZone => _zone.Id;

    /// <summary>The schedule, or everything that is wrong.</summary>
    public static (CronText? Text, IReadOnlyList<ScheduleProblem> Problems) Read(string cron, string timeZone)
    {
        ArgumentNullException.ThrowIfNull(cron);
        ArgumentNullException.ThrowIfNull(timeZone);
        List<ScheduleProblem> problems = [];
        var zone = Zone(timeZone.Trim(), problems);
        var fields = cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var expression = Expression(cron, fields, problems);
        return expression is not null && zone is not null ? (new CronText(string.Join(' ', fields), expression, zone), []) : (null, problems);
    }

    /// <summary>The first time after a moment; null where there is none, as for 30 February.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => _expression.GetNextOccurrence(after, _zone)?.ToUniversalTime();

    /// <summary>The next few times after a moment.</summary>
    public IReadOnlyList<DateTimeOffset> Next(DateTimeOffset after, int count)
    {
        List<DateTimeOffset> times = [];
        while (times.Count < count && Next(times is [.., var last] ? last : after) is { } next)
            times.Add(next);
        return times;
    }

    private static TimeZoneInfo? Zone(string name, List<ScheduleProblem> problems)
    {
        // Zones are files: a name is looked up only where it can be no other path.
        if (name.Length is > 0 and <= 100 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+') && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return zone;
        problems.Add(new ScheduleProblem("timeZone", name.Length == 0 ? "Say whose clock counts, for example Europe/Berlin or UTC." : $"'{Shown(name)}' is no time zone that this server knows. Use a name such as Europe/Berlin, America/New_York or UTC."));
        return null;
    }

    private static CronExpression? Expression(string cron, string[] fields, List<ScheduleProblem> problems)
    {
        if (cron.Length > ScheduleStore.LongestCron)
            problems.Add(new ScheduleProblem("cron", $"A cron expression has at most {ScheduleStore.LongestCron} characters."));
        else if (fields is [['@', ..]])
            return Macro(fields[0], problems);
        else if (fields.Length != Fields.Length)
            problems.Add(new ScheduleProblem("cron", $"A cron expression has five fields (minute, hour, day of the month, month, day of the week); this one has {fields.Length}. For example '0 3 * * *', every day at 3:00."));
        else
            return Checked(cron, fields, problems);
        return null;
    }

    private static CronExpression? Macro(string macro, List<ScheduleProblem> problems)
    {
        if (CronExpression.TryParse(macro, out var expression) && !string.Equals(macro, "@every_second", StringComparison.OrdinalIgnoreCase))
            return expression;
        problems.Add(new ScheduleProblem("cron", $"'{Shown(macro)}' is no short form. Use @hourly, @daily, @weekly, @monthly or @yearly, or five fields.", 1));
        return null;
    }

    // Field by field, each with the others open: so it can be said which one is wrong, and where it stands.
    private static CronExpression? Checked(string cron, string[] fields, List<ScheduleProblem> problems)
    {
        var before = problems.Count;
        var at = 0;
        for (var index = 0; index < fields.Length; index++)
        {
            at = cron.IndexOf(fields[index], at, StringComparison.Ordinal);
            var alone = Enumerable.Repeat("*", Fields.Length).ToArray();
            alone[index] = fields[index];
            if (!CronExpression.TryParse(string.Join(' ', alone), out _))
            {
                problems.Add(new ScheduleProblem("cron", string.Create(CultureInfo.InvariantCulture,
                    $"The {Fields[index].Name} '{Shown(fields[index])}' (field {index + 1}, at character {at + 1}) is wrong. It is {Fields[index].Allowed}, a list (1,2), a range (1-5), a step (*/10) or *."), at + 1));
            }

            at += fields[index].Length;
        }

        if (problems.Count > before)
            return null;
        if (CronExpression.TryParse(string.Join(' ', fields), out var expression))
            return expression;
        problems.Add(new ScheduleProblem("cron", "Each field is right by itself, but they do not go together."));
        return null;
    }

    private static string Shown(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
