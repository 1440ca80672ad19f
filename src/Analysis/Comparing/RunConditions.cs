using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Comparing;

/// <summary>What a spec says about how something is measured, as flat fields, so that two of them can be laid side by side.</summary>
public static class RunConditions
{
    /// <summary>What does not bear on a cell's figures, and what the cells themselves say.</summary>
    private static readonly HashSet<string> LeftOut = new(["version", "name", "matrix", "thresholds", "abort", "tags", "seed"], StringComparer.Ordinal);

    /// <summary>Texts that are long or may hold secrets: their hash tells whether they are equal.</summary>
    private static readonly string[] Hashed = ["workload.code.source", "workload.http.headers", "workload.http.body", "workload.sql.query", "workload.command.stdin"];

    /// <summary>Each value of the spec by its path: <c>workload.kernel</c> is <c>cpu.primes</c>, <c>load.duration</c> is <c>5s</c>.</summary>
    public static IReadOnlyDictionary<string, string> Of(ExperimentSpec spec)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, node) in JsonNode.Parse(SpecWriter.ToJson(spec))!.AsObject())
        {
            if (!LeftOut.Contains(name))
                Add(fields, name, node);
        }
        return fields;
    }

    private static void Add(SortedDictionary<string, string> fields, string path, JsonNode? node)
    {
        if (Array.Exists(Hashed, hashed => path == hashed))
        {
            fields[path] = Hash(node);
            return;
        }

        switch (node)
        {
            case JsonObject json:
                foreach (var (name, value) in json)
                    Add(fields, $"{path}.{name}", value);
                break;
            case JsonArray list:
                fields[path] = string.Join(", ", list.Select(item => item is JsonValue ? item.ToString() : item?.ToJsonString()));
                break;
            default:
                fields[path] = node?.ToString() ?? "";
                break;
        }
    }

    private static string Hash(JsonNode? node)
    {
        var text = node is JsonValue value ? value.ToString() : node?.ToJsonString() ?? "";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));
        return string.Create(CultureInfo.InvariantCulture, $"{text.Length} characters, SHA-256 {hash}…");
    }
}
