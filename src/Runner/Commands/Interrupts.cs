using System.Runtime.InteropServices;

namespace Brigade.Runner.Commands;

/// <summary>Turns Ctrl-C and a request to terminate into a cancel. The second one is left to the system, which ends the process.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _count;

    /// <param name="onFirst">Called once, at the first signal.</param>
    public Interrupts(Action onFirst)
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                if (Interlocked.Increment(ref _count) > 1)
                {
                    return;
                }

                context.Cancel = true;
                _source.Cancel();
                try
                {
                    onFirst();
                }
                catch (IOException)
                {
                    // The terminal is gone: that may be why the signal came.
                }
            }));
        }
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }
}
