using System.Collections.Concurrent;
using Brigade.Web.Access;

namespace Brigade.Web.Live;

/// <summary>The sockets of the pages that are open on this node, by the paths that their browsers were given.</summary>
public sealed class ScreenSockets
{
    internal const string Prefix = "/live/";

    private static readonly WebSocketAcceptContext Accepting = new() { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(15) };

    private readonly ConcurrentDictionary<string, ScreenSocket> _open = new(StringComparer.Ordinal);

    /// <summary>Makes a socket for a page, which disposes it. Its path is a secret between the page and its browser, and leads nowhere once the page is gone.</summary>
    public ScreenSocket Open()
    {
        var path = Prefix + Secret.NewToken();
        return _open[path] = new ScreenSocket(path, () => _open.TryRemove(path, out _));
    }

    /// <summary>The socket with a path, as long as its page is open.</summary>
    public ScreenSocket? Find(string path) => _open.GetValueOrDefault(path);

    /// <summary>Takes a browser's connection and keeps it until one of the two has gone.</summary>
    internal async Task ServeAsync(HttpContext context, CancellationToken stopping)
    {
        if (!context.WebSockets.IsWebSocketRequest || Find(context.Request.Path) is not { } screen)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var connection = await context.WebSockets.AcceptWebSocketAsync(Accepting);
        await screen.ServeAsync(connection, stopping);
    }
}
