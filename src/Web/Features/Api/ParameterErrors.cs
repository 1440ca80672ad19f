using System.Globalization;

namespace Brigade.Web.Features.Api;

/// <summary>One parameter of a query string that cannot be taken.</summary>
internal sealed record ParameterError(string Parameter, string Message);

/// <summary>Reads parameters of a query string and collects everything that is wrong with them.</summary>
internal sealed class ParameterErrors
{
    private readonly List<ParameterError> _errors = [];

    public IReadOnlyList<ParameterError> All => _errors;

    public bool Any => _errors.Count > 0;

    public void Add(string parameter, string message) => _errors.Add(new ParameterError(parameter, message));

    /// <summary>A whole number within bounds, or what it is when it is absent.</summary>
    public T Number<T>(string parameter, string? text, T absent, int least, int most = int.MaxValue)
    {
        if (string.IsNullOrEmpty(text))
            return absent;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return (T)(object)number;
        Add(parameter, most == int.MaxValue ? $"'{text}' is no whole number from {least}." : $"'{text}' is no whole number from {least} to {most}.");
        return absent;
    }

    /// <summary>A value by its name; null, and an error, where it has none.</summary>
    public T? Named<T>(string parameter, string text, string what)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        Add(parameter, $"'{text}' is no {what}. Use {string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}.");
        return null;
    }

    /// <summary>As problem details (RFC 9457) with an entry for each parameter.</summary>
    public IResult ToResult() => TypedResults.Problem(
        title: _errors.Count == 1 ? $"The parameter '{_errors[0].Parameter}' is wrong." : $"{_errors.Count} parameters are wrong.",
        detail: _errors[0].Message,
        statusCode: StatusCodes.Status400BadRequest,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = _errors });
}
