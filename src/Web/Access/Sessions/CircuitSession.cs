using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Brigade.Web.Access.Sessions;

/// <summary>
/// The session that a circuit belongs to. When it ends, the circuit becomes nobody's: its pages close, nothing that the browser sends is listened to any more, and the page is loaded anew,
/// as whoever its cookie says then.
/// </summary>
internal sealed class CircuitSession(AuthenticationStateProvider authentication, OpenSessions sessions) : CircuitHandler
{
    private IDisposable? _registration;
    private volatile bool _hasEnded;

    /// <summary>The page is to be loaded anew. Raised on any thread.</summary>
    public event EventHandler? Ended;

    // Before whatever else listens to the circuit.
    public override int Order => int.MinValue;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        _registration = sessions.Add(state.User, End);
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _registration?.Dispose();
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        context => _hasEnded ? Task.CompletedTask : next(context);

    private void End()
    {
        _hasEnded = true;
        if (authentication is IHostEnvironmentAuthenticationStateProvider host)
            host.SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
        Ended?.Invoke(this, EventArgs.Empty);
    }
}
