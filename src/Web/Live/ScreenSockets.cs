using System.Collections.Concurrent;
using Brigade.Data;
using Brigade.Web.Access;
using Brigade.Web.Access.Sessions;

namespace Brigade.Web.Live;

/// <summary>The sockets of the pages that are open on this node, by the paths that their browsers were given.</summary>
public sealed class ScreenSockets
{
    internal const string Prefix = "/live/";

    private static readonly WebSocketAcceptContext Accepting = new() { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(15) };

    private readonly ConcurrentDictionary<string, Open> _open = new(StringComparer.Ordinal);

    /// <summary>
    /// Makes a socket for a page, which disposes it. Its path is a secret between the page and its browser, is good for whom the page belongs to only, and leads nowhere once the page is gone.
    /// </summary>
    /// <param name="page">Whose page it is, and in which workspace.</param>
    public ScreenSocket OpenFor(IWorkspaceScope page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var path = Prefix + Secret.NewToken();
        var socket = new ScreenSocket(path, () => _open.TryRemove(path, out _));
        _open[path] = new Open(socket, page.WorkspaceId, page.ActorId);
        return socket;
    }

    /// <summary>The socket with a path, as long as its page is open; null for anybody else than whose page it is.</summary>
    public ScreenSocket? Find(string path, IWorkspaceScope who)
    {
        ArgumentNullException.ThrowIfNull(who);
        return who.WorkspaceId != Guid.Empty && _open.TryGetValue(path, out var open) && (open.WorkspaceId, open.ActorId) == (who.WorkspaceId, who.ActorId) ? open.Socket : null;
    }

    /// <summary>Takes a browser's connection and keeps it until one of the two has gone, or the session has ended.</summary>
    internal async Task ServeAsync(HttpContext context, IWorkspaceScope who, OpenSessions sessions, CancellationToken stopping)
    {
        if (!context.WebSockets.IsWebSocketRequest || Find(context.Request.Path, who) is not { } screen)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var connection = await context.WebSockets.AcceptWebSocketAsync(Accepting);
        using var session = sessions.Add(context.User, connection.Abort);
        await screen.ServeAsync(connection, stopping);
    }

    private sealed record Open(ScreenSocket Socket, Guid WorkspaceId, string ActorId);
}
