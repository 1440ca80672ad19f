using System.Globalization;
using System.Text.Json;

namespace Brigade.Analysis.Importing;

/// <summary>A value of a JSON file that knows its place, and says what is wrong with it.</summary>
internal readonly record struct JsonItem(JsonElement Element, string Pointer)
{
    public bool IsNull => Element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    /// <summary>A member that has to be there.</summary>
    public JsonItem Need(string name) => Find(name) is { IsNull: false } item ? item : throw Wrong($"'{name}' is missing here.");

    /// <summary>A member; a null item where it is absent or null.</summary>
    public JsonItem Find(string name)
    {
        if (Element.ValueKind != JsonValueKind.Object)
            throw Wrong("This is to be an object.");
        return Element.TryGetProperty(name, out var value) ? new JsonItem(value, Child(name)) : new JsonItem(default, Child(name));
    }

    public IReadOnlyList<JsonItem> Items(int most)
    {
        if (Element.ValueKind != JsonValueKind.Array)
            throw Wrong("This is to be a list.");
        if (Element.GetArrayLength() > most)
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"This list has {Element.GetArrayLength():#,0} entries; the most that is imported is {most:#,0}."));
        var pointer = Pointer;
        return [.. Element.EnumerateArray().Select((element, index) => new JsonItem(element, $"{pointer}/{index}"))];
    }

    public IReadOnlyList<(string Name, JsonItem Value)> Members(int most)
    {
        if (Element.ValueKind != JsonValueKind.Object)
            throw Wrong("This is to be an object.");
        List<(string, JsonItem)> members = [];
        foreach (var property in Element.EnumerateObject())
        {
            if (members.Count == most)
                throw Wrong(string.Create(CultureInfo.InvariantCulture, $"This object has more than {most:#,0} members."));
            var name = Name(property);
            members.Add((name, new JsonItem(property.Value, Child(name))));
        }

        return members;
    }

    /// <summary>A number from 0 to <paramref name="most"/>.</summary>
    public double Number(double most)
    {
        if (Element.ValueKind != JsonValueKind.Number || !Element.TryGetDouble(out var value))
            throw Wrong("This is to be a number.");
        return value >= 0 && value <= most && double.IsFinite(value) ? value
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{Shorten(Element.GetRawText())} cannot be; it is to be from 0 to {most:R}."));
    }

    /// <summary>A time in the file's unit as milliseconds.</summary>
    public double Milliseconds(double perUnit) => Number(ImportLimits.LongestMs / perUnit) * perUnit;

    public long Count() => (long)Number(ImportLimits.LargestCount);

    public string Text()
    {
        try
        {
            return Element.ValueKind == JsonValueKind.String ? Element.GetString()! : throw Wrong("This is to be a text.");
        }
        catch (InvalidOperationException)
        {
            throw Wrong("The text holds half of a surrogate pair.");
        }
    }

    /// <summary>A text, or a scalar as one; empty where it is absent, an object or a list.</summary>
    public string TextOrEmpty() => Element.ValueKind switch
    {
        JsonValueKind.String => Text(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => Element.GetRawText(),
        _ => "",
    };

    private string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw Wrong("A name in this object holds half of a surrogate pair.");
        }
    }

    public ImportException Wrong(string message) => new(message, Pointer);

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..39] + "…";

    private string Child(string name) => $"{Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
