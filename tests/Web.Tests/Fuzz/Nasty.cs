using System.Text;
using System.Text.Json.Nodes;

namespace Brigade.Web.Tests.Fuzz;

/// <summary>Inputs that nobody means, each the same every time: what broke something can be sent again.</summary>
internal sealed class Nasty(string what, int input)
{
    private const int MostChanges = 3;
    private const int LongText = 20_000;
    private const int Deep = 200;

    private static readonly string[] Texts =
    [
        "", " ", "\0", "\u0007", "null", "true", "-1", "0", "1e999", "9223372036854775808", "NaN", "' OR 1=1 --", "\"; DROP TABLE Runs; --", "../../etc/passwd", "..\\..\\", "%00", "%2e%2e%2f", "{{7*7}}", "${jndi:ldap://x}",
        "<script>alert(1)</script>", "=1+1", "\ud83d\ude80", "\u202eabc", "a\r\nb: c", "2026-13-45T99:99:99Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999+14:00", "00000000-0000-0000-0000-000000000000", "[]", "{}", "*", "&", "a,b,,c",
        "http://[::1", "file:///etc/passwd", "P1Y", "-5s", "1000000000000h", "99999999999GiB", "cpu.primes", "%", "_", "%%%", "\\", "MDAwMA==", "🎉".PadLeft(300, 'x'),
    ];

    // The same in each process, which string's own hash code is not.
    private readonly Random _random = new(what.Aggregate(input, (hash, character) => unchecked((hash * 31) + character)));

    public bool Chance(double share) => _random.NextDouble() < share;

    public int Next(int below) => _random.Next(below);

    public T OneOf<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];

    public string Text() => _random.Next(20) switch
    {
        0 => new string((char)_random.Next(32, 0x2fff), _random.Next(1, LongText)),
        1 => Guid.NewGuid().ToString(),
        2 => _random.NextInt64(long.MinValue, long.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture),
        3 => Encoding.Latin1.GetString(Bytes(_random.Next(1, 100))),
        _ => OneOf(Texts),
    };

    /// <summary>Text that can stand in a header.</summary>
    public string Header() => new([.. Text().Where(character => character is >= ' ' and < '\u007f').Take(2_000)]);

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    public JsonNode? Node() => _random.Next(12) switch
    {
        0 => null,
        1 => JsonValue.Create(_random.NextDouble() * 1e300),
        2 => JsonValue.Create(long.MinValue),
        3 => JsonValue.Create(-1),
        4 => JsonValue.Create(true),
        5 => new JsonArray(),
        6 => new JsonObject(),
        7 => new JsonArray([.. Enumerable.Range(0, 2_000).Select(number => (JsonNode?)JsonValue.Create(number))]),
        8 => new JsonObject([.. Enumerable.Range(0, 50).Select(number => KeyValuePair.Create($"{number}:{Text()}", (JsonNode?)JsonValue.Create(number)))]),
        _ => JsonValue.Create(Text()),
    };

    /// <summary>A body that was good, with a few places of it changed; or none at all.</summary>
    public byte[] Body(string? good)
    {
        switch (_random.Next(12))
        {
            case 0:
                return Bytes(_random.Next(0, 4_000));
            case 1:
                return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(OneOf(["[", "{\"a\":", "- ", "&a [*a,"]), Deep)));
            case 2:
                return Encoding.UTF8.GetBytes(Text());
            case 3 when good is not null:
                return Encoding.UTF8.GetBytes(good[.._random.Next(good.Length)]);
            case 4 when good is not null:
                var bytes = Encoding.UTF8.GetBytes(good);
                for (var change = 0; change <= MostChanges; change++)
                    bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
                return bytes;
            default:
                return Encoding.UTF8.GetBytes(Changed(good ?? "{}"));
        }
    }

    private string Changed(string good)
    {
        JsonNode root = JsonNode.Parse(good)!;
        for (var change = _random.Next(1, MostChanges + 1); change > 0; change--)
        {
            var objects = Objects(root).ToArray();
            var place = OneOf(objects);
            var names = place.Select(pair => pair.Key).ToArray();
            if (names.Length == 0 || Chance(0.1))
                place[Text()] = Node();
            else if (Chance(0.15))
                place.Remove(OneOf(names));
            else
                place[OneOf(names)] = Node();
        }

        return root.ToJsonString();
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject found => found.SelectMany(pair => Objects(pair.Value)).Prepend(found),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };
}
