using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Brigade.Integration.Tests.Docker;

/// <summary>compose.yaml with its anchors resolved.</summary>
internal sealed class ComposeFile
{
    private readonly Dictionary<object, object?> _root;

    private ComposeFile(Dictionary<object, object?> root) => _root = root;

    public static ComposeFile Load() => new(new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(new MergingParser(new Parser(new StringReader(Repository.Read("docker/compose.yaml"))))));

    public IEnumerable<string> Top => _root.Keys.Cast<string>();

    public IEnumerable<string> Names(string section) => Map(_root, section).Keys.Cast<string>();

    public Dictionary<object, object?> Service(string name) => Map(Map(_root, "services"), name);

    public Dictionary<object, object?> Secret(string name) => Map(Map(_root, "secrets"), name);

    public IReadOnlyDictionary<string, string> Environment(string service) =>
        Map(Service(service), "environment").ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value!, StringComparer.Ordinal);

    /// <summary>The names in a list, or the keys of a map.</summary>
    public static IEnumerable<string> Listed(Dictionary<object, object?> service, string key) => service.GetValueOrDefault(key) switch
    {
        null => [],
        Dictionary<object, object?> map => map.Keys.Cast<string>(),
        var list => ((IEnumerable<object>)list).Cast<string>(),
    };

    private static Dictionary<object, object?> Map(Dictionary<object, object?> map, string key) =>
        map.TryGetValue(key, out var value) && value is Dictionary<object, object?> found ? found : throw new FormatException($"There is no map '{key}'.");
}
