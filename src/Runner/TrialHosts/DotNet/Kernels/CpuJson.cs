using System.Text.Json;
using System.Text.Json.Serialization;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary><c>cpu.json</c>: builds a document, writes it as JSON, reads it back and adds up what it read. By generated code, not reflection.</summary>
internal sealed class CpuJson(KernelSettings settings) : IKernel
{
    private static readonly string[] Tags = ["red", "green", "blue"];

    private readonly int _items = settings.Whole("items", 1_000_000);

    public ulong Run(long index)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(Build(index), CpuJsonContext.Default.ListJsonItem);
        var sum = 0L;
        foreach (var item in JsonSerializer.Deserialize(text, CpuJsonContext.Default.ListJsonItem)!)
        {
            sum += item.Id + (3 * item.Name.Length) + (item.Active ? 7 : 0) + (11 * (long)(item.Score * 4))
                + (13 * item.Tags.Length) + (17 * item.Place.X) + (19 * item.Place.Y);
        }

        return unchecked((ulong)sum);
    }

    private List<JsonItem> Build(long index)
    {
        var items = new List<JsonItem>(_items);
        for (var id = 0; id < _items; id++)
        {
            // Quarters are exact in binary: every runtime reads back the number that it wrote.
            var score = (((id * 7919L) + index) % 10_007) / 4.0;
            items.Add(new JsonItem(id, $"Zoë \"{id}\"", id % 3 == 0, score, Tags[..(id % 4)], new JsonPlace(id % 360, -id)));
        }

        return items;
    }
}

internal sealed record JsonItem(int Id, string Name, bool Active, double Score, string[] Tags, JsonPlace Place);

internal sealed record JsonPlace(int X, int Y);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<JsonItem>))]
internal sealed partial class CpuJsonContext : JsonSerializerContext;
