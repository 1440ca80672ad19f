using Brigade.Contracts.Messages;
using Brigade.Runner.Runs;

namespace Brigade.Runner.Tests.Fakes;

/// <summary>Keeps what it was told; refuses from a given event on.</summary>
internal sealed class RecordingOutput(int refuseAfter = int.MaxValue) : IRunOutput
{
    public List<RunEvent> Events { get; } = [];

    public bool IsDisposed { get; private set; }

    public Action<RunEvent>? OnEvent { get; init; }

    public ValueTask WriteAsync(RunEvent runEvent)
    {
        if (Events.Count >= refuseAfter)
        {
            throw new RunOutputException("The disk is full.");
        }

        Events.Add(runEvent);
        OnEvent?.Invoke(runEvent);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
