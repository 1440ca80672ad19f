using System.Text;
using System.Text.Json;
using Brigade.Contracts.Spec;
using Microsoft.AspNetCore.Http.Features;

namespace Brigade.Web.Features.Api;

/// <summary>
/// A JSON body with its first level taken apart, so that the spec in it is read by <see cref="SpecReader"/> from the very characters that were sent
/// and errors name their place in the body.
/// </summary>
internal sealed class ApiBody
{
    /// <summary>Specs carry source code; a megabyte is a lot of it.</summary>
    public const int LargestBytes = 1 << 20;

    private readonly byte[] _utf8;
    private readonly Dictionary<string, Range> _members;

    private ApiBody(byte[] utf8, Dictionary<string, Range> members) => (_utf8, _members) = (utf8, members);

    public IEnumerable<string> Names => _members.Keys;

    public bool Has(string name) => _members.ContainsKey(name);

    /// <summary>The body, or why it cannot be taken.</summary>
    public static async Task<(ApiBody? Body, SpecProblem? Problem)> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
            return (null, new SpecProblem(StatusCodes.Status415UnsupportedMediaType, "Send JSON with the header 'Content-Type: application/json'.", []));
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LargestBytes;
        using var buffer = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException problem) when (problem.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, new SpecProblem(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {LargestBytes} bytes.", []));
        }

        return Parse(buffer.ToArray());
    }

    public static (ApiBody? Body, SpecProblem? Problem) Parse(byte[] utf8)
    {
        try
        {
            _ = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetCharCount(utf8);
            return (new ApiBody(utf8, Members(utf8)), null);
        }
        catch (JsonException problem)
        {
            var (line, column) = ((int)(problem.LineNumber ?? 0) + 1, (int)(problem.BytePositionInLine ?? 0) + 1);
            return (null, new SpecProblem(StatusCodes.Status400BadRequest, "The body is no JSON object.", [new SpecError("", Sentence(problem), line, column)]));
        }
        catch (DecoderFallbackException)
        {
            return (null, new SpecProblem(StatusCodes.Status400BadRequest, "The body is not UTF-8.", [new SpecError("", "Send the body as UTF-8.")]));
        }
    }

    /// <summary>The error for the first member that is none of <paramref name="allowed"/>; null where there is none.</summary>
    public SpecProblem? Unknown(params string[] allowed)
    {
        var unknown = Names.FirstOrDefault(name => !allowed.Contains(name, StringComparer.Ordinal));
        return unknown is null ? null : SpecProblem.Unprocessable("/" + unknown.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal),
            $"'{unknown}' is not known here. Use {string.Join(" or ", allowed.Select(name => $"'{name}'"))}.");
    }

    public T? Value<T>(string name)
    {
        if (!_members.TryGetValue(name, out var range))
            return default;
        try
        {
            return JsonSerializer.Deserialize<T>(_utf8.AsSpan(range));
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>The spec in a member, or in the whole body where <paramref name="name"/> is null; errors have pointers and positions within the body.</summary>
    public SpecReading Spec(string? name)
    {
        var range = name is null ? .. : _members[name];
        var reading = SpecReader.Read(Encoding.UTF8.GetString(_utf8.AsSpan(range)), SpecFormat.Json, SpecOrigin.Request);
        if (reading.IsValid)
            return reading;
        var before = Encoding.UTF8.GetString(_utf8.AsSpan(..range.Start.Value));
        var firstLine = before.Count(character => character == '\n');
        var firstColumn = before.Length - (before.LastIndexOf('\n') + 1);
        return new SpecReading(null, [.. reading.Errors.Select(error => error with
        {
            Pointer = (name is null ? "" : "/" + name) + error.Pointer,
            Line = error.Line > 0 ? error.Line + firstLine : 0,
            Column = error.Line == 1 ? error.Column + firstColumn : error.Column,
        })]);
    }

    private static Dictionary<string, Range> Members(byte[] utf8)
    {
        var members = new Dictionary<string, Range>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(utf8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Expected an object, for example {\"spec\": {…}}.", path: null, lineNumber: 0, bytePositionInLine: 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = (int)reader.TokenStartIndex;
            var name = Name(ref reader) ?? throw Wrong(utf8, at, "This name is no text: it has half of a surrogate pair.");
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!members.TryAdd(name, start..(int)reader.BytesConsumed))
                throw Wrong(utf8, at, $"'{name}' is there twice.");
        }

        while (reader.Read())
        {
            // Throws where something follows.
        }

        return members;
    }

    private static string? Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonException Wrong(ReadOnlySpan<byte> utf8, int at, string message)
    {
        var before = utf8[..at];
        return new JsonException(message, path: null, lineNumber: before.Count((byte)'\n'), bytePositionInLine: at - (before.LastIndexOf((byte)'\n') + 1));
    }

    private static string Sentence(JsonException problem)
    {
        var cut = problem.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return cut < 0 ? problem.Message : problem.Message[..cut];
    }
}
