using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Brigade.Web.Components.Browser;

/// <summary>Tells the components of one page when its browser is back after a cut.</summary>
public sealed class CircuitConnection : CircuitHandler
{
    private bool _wasDown;

    /// <summary>What was sent to the browser during the cut is lost: send it again.</summary>
    public event EventHandler? Restored;

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _wasDown = true;
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_wasDown)
        {
            _wasDown = false;
            Restored?.Invoke(this, EventArgs.Empty);
        }

        return Task.CompletedTask;
    }
}
