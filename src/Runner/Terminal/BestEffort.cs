using Brigade.Contracts.Messages;
using Brigade.Runner.Runs;

namespace Brigade.Runner.Terminal;

/// <summary>An output that may fail: what it shows is a courtesy, and a closed terminal or a full disk behind it must not stop the run.</summary>
internal sealed class BestEffort(IRunOutput inner) : IRunOutput
{
    private bool _isLost;

    public async ValueTask WriteAsync(RunEvent runEvent)
    {
        if (_isLost)
        {
            return;
        }

        try
        {
            await inner.WriteAsync(runEvent);
        }
        catch (IOException)
        {
            _isLost = true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await inner.DisposeAsync();
        }
        catch (IOException)
        {
            // As above.
        }
    }
}
