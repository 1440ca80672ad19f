using System.Globalization;

namespace Brigade.Web.Features.Api;

/// <summary>A place in a list that is ordered by time, as clients send it back; they need not understand it.</summary>
internal sealed record Cursor(DateTimeOffset At, Guid Id)
{
    public static string Of(DateTimeOffset at, Guid id) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks:x}.{id:n}");

    /// <summary>Null where it is absent, and, with an error, where it is none.</summary>
    public static Cursor? Read(ParameterErrors errors, string parameter, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (text.Split('.') is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var at) && at >= 0 && at <= DateTimeOffset.MaxValue.UtcTicks
            && Guid.TryParseExact(id, "n", out var guid))
            return new Cursor(new DateTimeOffset(at, TimeSpan.Zero), guid);
        errors.Add(parameter, "This is no place in the list. Send the value of 'next' as it was answered.");
        return null;
    }
}
