using System.Globalization;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Protocol;

/// <summary>The workload of a trial request, of its JSON.</summary>
internal static class WorkloadParser
{
    /// <exception cref="FormatException">A field is missing or has the wrong type; the message names it.</exception>
    public static TrialWorkload Parse(Dictionary<string, object?> fields) => new()
    {
        Kernel = Text(fields, "kernel"),
        Params = fields.GetValueOrDefault("params") is null ? null : Params(fields, "params"),
        Code = Part(fields, "code", Code),
        Http = Part(fields, "http", Http),
        Sql = Part(fields, "sql", Sql),
        Command = Part(fields, "command", Command),
    };

    /// <summary>Whom the workload may connect to.</summary>
    /// <exception cref="FormatException">A field is missing or has the wrong type; the message names it.</exception>
    public static TrialNetwork Network(Dictionary<string, object?> fields) => new(
        Flag(fields, "onlyListed"),
        Objects(fields, "allowed").ConvertAll(target => new TrialTarget(Text(target, "name"), Text(target, "range"), target.GetValueOrDefault("port") is null ? null : (int)Number(target, "port"))),
        Objects(fields, "ranges").ConvertAll(range => new TrialRange(Needed(range, "range"), Needed(range, "what"), Flag(range, "openToNames"))));

    private static TrialCode Code(Dictionary<string, object?> fields) => new(
        Needed(fields, "language"), Needed(fields, "file"), Needed(fields, "source"), fields.GetValueOrDefault("params") is null ? null : Params(fields, "params"), Text(fields, "assembly"));

    private static TrialHttp Http(Dictionary<string, object?> fields) => new(
        Needed(fields, "url"),
        Needed(fields, "method"),
        Texts(fields, "headers"),
        Text(fields, "body"),
        fields.GetValueOrDefault("expectStatus") is null ? null : (int)Number(fields, "expectStatus"),
        Number(fields, "timeoutMs"),
        Flag(fields, "keepAlive"),
        Needed(fields, "version"),
        Flag(fields, "verifyCertificate"));

    private static TrialSql Sql(Dictionary<string, object?> fields)
    {
        var sql = new TrialSql(Needed(fields, "provider"), Texts(fields, "connection"), List(fields, "pieces"), List(fields, "names"), Params(fields, "params"));
        return sql.Pieces.Count == sql.Names.Count + 1 ? sql : throw new FormatException("`pieces` has to have one item more than `names`");
    }

    private static TrialCommand Command(Dictionary<string, object?> fields)
    {
        var command = new TrialCommand(
            List(fields, "argv"), Text(fields, "stdin"), Needed(fields, "directory"), fields.GetValueOrDefault("environment") is null ? null : Texts(fields, "environment"));
        return command.Argv.Count > 0 ? command : throw new FormatException("`argv` has to have an item");
    }

    private static Dictionary<string, ParameterValue> Params(Dictionary<string, object?> fields, string name)
    {
        // A loop: what compiles a query costs a fresh process as much as all else here.
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);
        foreach (var (key, value) in Object(fields, name))
        {
            parameters[key] = value switch
            {
                string text => ParameterValue.Of(text),
                JsonNumber number => ParameterValue.Parse(number.Text),
                _ => throw new FormatException($"the parameter `{key}` has to be a number or a text"),
            };
        }

        return parameters;
    }

    private static T? Part<T>(Dictionary<string, object?> fields, string name, Func<Dictionary<string, object?>, T> read)
        where T : class => fields.GetValueOrDefault(name) is null ? null : read(Object(fields, name));

    private static Dictionary<string, object?> Object(Dictionary<string, object?> fields, string name) =>
        fields.GetValueOrDefault(name) as Dictionary<string, object?> ?? throw Wrong(fields, name, "an object");

    private static Dictionary<string, string> Texts(Dictionary<string, object?> fields, string name) =>
        Object(fields, name).ToDictionary(pair => pair.Key, pair => pair.Value as string ?? throw new FormatException($"`{name}.{pair.Key}` has to be a text"), StringComparer.Ordinal);

    private static List<Dictionary<string, object?>> Objects(Dictionary<string, object?> fields, string name) =>
        (fields.GetValueOrDefault(name) as List<object?> ?? throw Wrong(fields, name, "a list")).ConvertAll(item => item as Dictionary<string, object?> ?? throw new FormatException($"`{name}` has to hold objects"));

    private static List<string> List(Dictionary<string, object?> fields, string name) =>
        [.. (fields.GetValueOrDefault(name) as List<object?> ?? throw Wrong(fields, name, "a list")).Select(item => item as string ?? throw new FormatException($"`{name}` has to hold texts"))];

    private static string Needed(Dictionary<string, object?> fields, string name) => Text(fields, name) ?? throw Wrong(fields, name, "a text");

    private static string? Text(Dictionary<string, object?> fields, string name) => fields.GetValueOrDefault(name) switch
    {
        null => null,
        string text => text,
        _ => throw Wrong(fields, name, "a text"),
    };

    private static double Number(Dictionary<string, object?> fields, string name) =>
        fields.GetValueOrDefault(name) is JsonNumber number ? double.Parse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture) : throw Wrong(fields, name, "a number");

    private static bool Flag(Dictionary<string, object?> fields, string name) => fields.GetValueOrDefault(name) as bool? ?? throw Wrong(fields, name, "true or false");

    private static FormatException Wrong(Dictionary<string, object?> fields, string name, string expected) =>
        new(fields.GetValueOrDefault(name) is null ? $"`{name}` is missing" : $"`{name}` has to be {expected}");
}
