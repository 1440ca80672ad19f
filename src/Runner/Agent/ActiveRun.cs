using System.Threading.Channels;

namespace Brigade.Runner.Agent;

/// <summary>A run that this runner executes, waits to execute, or has undelivered events of.</summary>
internal sealed class ActiveRun(Guid runId, bool isWritten) : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();

    // A signal that is not taken yet stands for any number of new events.
    private readonly Channel<bool> _appended = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private volatile bool _isWritten = isWritten;

    public Guid RunId => runId;

    /// <summary>Whether the journal has its last event.</summary>
    public bool IsWritten => _isWritten;

    /// <summary>Fires when the server cancels the run.</summary>
    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>The end of the run where the journal could not take it, because the disk is full: it is kept here, and lost only with this process.</summary>
    public UnsavedEvent? Unsaved { get; private set; }

    public void Cancel()
    {
        try
        {
            _cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The server has just been told the end.
        }
    }

    public void KeepInMemory(long sequence, byte[] json) => Unsaved = new UnsavedEvent(sequence, json);

    public void Appended() => _appended.Writer.TryWrite(true);

    public void Written()
    {
        _isWritten = true;
        Appended();
    }

    /// <summary>Waits until something was appended, but not for ever.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await _appended.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }

    public void Dispose() => _cancel.Dispose();
}

/// <param name="Sequence">Its place after the last event of the journal.</param>
internal sealed record UnsavedEvent(long Sequence, byte[] Json);
