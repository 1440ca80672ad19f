using Brigade.Data;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;

namespace Brigade.Web.Access;

/// <summary>A request works in the workspace of whoever sent it. After authorisation, which may have authenticated it anew by the scheme of its endpoint.</summary>
internal sealed class WorkspaceRequests(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context, WorkspaceScope scope)
    {
        scope.Enter(context.User.Scope());
        return next(context);
    }
}

/// <summary>A circuit works in the workspace of whoever opened it; entered before any component of it exists.</summary>
internal sealed class WorkspaceCircuits(WorkspaceScope scope, AuthenticationStateProvider authentication) : CircuitHandler
{
    public override int Order => int.MinValue;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) =>
        scope.Enter((await authentication.GetAuthenticationStateAsync()).User.Scope());
}

/// <summary>A call of a hub, which has a DI scope of its own, works in the workspace of its connection.</summary>
internal sealed class WorkspaceCalls : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        Enter(invocationContext.ServiceProvider, invocationContext.Context);
        return next(invocationContext);
    }

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        Enter(context.ServiceProvider, context.Context);
        return next(context);
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        Enter(context.ServiceProvider, context.Context);
        return next(context, exception);
    }

    private static void Enter(IServiceProvider services, HubCallerContext caller)
    {
        if (caller.User is { } user)
            services.GetRequiredService<WorkspaceScope>().Enter(user.Scope());
    }
}
