using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;

namespace Brigade.Web.Access.Sessions;

/// <summary>Cuts the connections of hubs whose session ends. A page's connection gets a moment in which the page leaves by itself.</summary>
internal sealed class SessionConnections(OpenSessions sessions, TimeProvider time) : IHubFilter
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly ConditionalWeakTable<HubCallerContext, IDisposable> _registrations = new();

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var connection = context.Context;
        if (connection.User is { } user)
            _registrations.AddOrUpdate(connection, sessions.Add(user, IsPage(context.Hub) ? () => _ = AbortSoonAsync(connection) : connection.Abort));
        return next(context);
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (_registrations.TryGetValue(context.Context, out var registration))
            registration.Dispose();
        return next(context, exception);
    }

    private static bool IsPage(Hub hub) => hub.GetType().Namespace?.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal) ?? false;

    private async Task AbortSoonAsync(HubCallerContext connection)
    {
        await Task.Delay(Grace, time);
        connection.Abort();
    }
}
