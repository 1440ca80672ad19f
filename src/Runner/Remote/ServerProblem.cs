using System.Net;
using System.Text.Json;

namespace Brigade.Runner.Remote;

/// <summary>Problem details (RFC 9457) as the server answers them, in one line.</summary>
internal static class ServerProblem
{
    public static async Task<ServerException> OfAsync(Uri server, HttpResponseMessage response, CancellationToken cancellation)
    {
        var (title, rest) = Read(await response.Content.ReadAsStringAsync(cancellation));
        var text = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => $"{server} does not know this key. Make one on its page Settings, Keys, and run 'brigade login --server {Shown(server)}'.",
            HttpStatusCode.Forbidden => $"{server} does not allow this with this key. {title} {rest}".TrimEnd(),
            _ when title.Length > 0 => $"{title}{(rest.Length > 0 ? " " + rest : "")}",
            _ when (int)response.StatusCode is >= 300 and < 400 => $"{server} answers with another address ({response.Headers.Location}). Use that one.",
            _ => $"{server} answers {(int)response.StatusCode} and is perhaps no Brigade. Check the address.",
        };
        return new ServerException(text, response.StatusCode);
    }

    /// <summary>A server's address as it is written on the command line.</summary>
    public static string Shown(Uri server) => server.AbsoluteUri.TrimEnd('/');

    private static (string Title, string More) Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return ("", "");
            var errors = root.TryGetProperty("errors", out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Select(Error).Where(text => text.Length > 0).ToList()
                : [];
            return (Text(root, "title"), errors.Count > 0 ? string.Join(' ', errors) : Text(root, "detail"));
        }
        catch (JsonException)
        {
            return ("", "");
        }
    }

    private static string Error(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
            return "";
        var place = Text(error, "parameter") is { Length: > 0 } parameter ? parameter : Text(error, "pointer");
        return place.Length > 0 ? $"{place}: {Text(error, "message")}" : Text(error, "message");
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
