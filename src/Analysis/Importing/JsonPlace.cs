using System.Globalization;
using System.Text.Json;

namespace Brigade.Analysis.Importing;

/// <summary>Finds the line and column of a JSON pointer, only where something is to be told of it.</summary>
internal static class JsonPlace
{
    /// <summary>The place of the value, or of the nearest parent that is there; from 1.</summary>
    /// <param name="utf8">Valid JSON.</param>
    public static (int Line, int Column) Of(ReadOnlySpan<byte> utf8, string pointer)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = ImportLimits.MaximumDepth });
        reader.Read();
        var at = reader.TokenStartIndex;
        foreach (var token in pointer.Split('/').Skip(1).Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            if (!Enter(ref reader, token))
                break;
            at = reader.TokenStartIndex;
        }

        var before = utf8[..(int)at];
        return (before.Count((byte)'\n') + 1, (int)at - (before.LastIndexOf((byte)'\n') + 1) + 1);
    }

    private static bool Enter(ref Utf8JsonReader reader, string token) => reader.TokenType switch
    {
        JsonTokenType.StartObject => EnterMember(ref reader, token),
        JsonTokenType.StartArray => int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && EnterItem(ref reader, index),
        _ => false,
    };

    private static bool EnterMember(ref Utf8JsonReader reader, string name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
                return true;
            reader.Skip();
        }

        return false;
    }

    private static bool EnterItem(ref Utf8JsonReader reader, int index)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (index-- == 0)
                return true;
            reader.Skip();
        }

        return false;
    }
}
