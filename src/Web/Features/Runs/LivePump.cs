using Brigade.Contracts.Runs;
using Brigade.Web.Live;

namespace Brigade.Web.Features.Runs;

/// <summary>Where a feed shows a run.</summary>
public interface IRunScreen
{
    /// <summary>Whether there is a picture that frames could go into. Where there is none, frames are let go of; who makes one asks for all of them with <see cref="LivePump.Resend"/>.</summary>
    bool CanDraw { get; }

    /// <summary>The structure changed.</summary>
    Task ShowAsync(RunSnapshot snapshot);

    /// <summary>Hands frames to the browser; false where it did not take them.</summary>
    /// <param name="isWhole">These are all frames: what the browser has is to be forgotten.</param>
    /// <param name="cancellation">The frames are no longer wanted.</param>
    Task<bool> DrawAsync(IReadOnlyList<Frame> frames, bool isWhole, CancellationToken cancellation);
}

/// <summary>
/// Carries a run from its viewer to a screen. One batch is on its way at a time, so a slow browser gets larger and fewer ones;
/// after a batch was not taken, or on request, all frames are sent again.
/// </summary>
public sealed class LivePump(IRunViewer viewer, IRunScreen screen, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private CancellationTokenSource _wait = new();
    private bool _resend;
    private bool _disposed;

    /// <summary>Sends everything again: the browser has an empty chart, or lost what was sent. Call it on the thread of the component.</summary>
    public void Resend()
    {
        if (_disposed)
            return;
        _resend = true;
        _wait.Cancel();
    }

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var isWhole = true;
        var shown = viewer.Snapshot;
        await screen.ShowAsync(shown);
        while (!cancellation.IsCancellationRequested)
        {
            var frames = await NextAsync(cancellation);
            if (cancellation.IsCancellationRequested)
                return;
            if (_resend)
            {
                // What was just taken is among what is sent again.
                _resend = false;
                isWhole = true;
                viewer.Rewind();
                continue;
            }

            if (!ReferenceEquals(shown, viewer.Snapshot))
                await screen.ShowAsync(shown = viewer.Snapshot);
            if (frames.Count > 0 && screen.CanDraw)
                isWhole = !await SendAsync(frames, isWhole, cancellation);
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _wait.Cancel();
        _wait.Dispose();
    }

    private async Task<IReadOnlyList<Frame>> NextAsync(CancellationToken cancellation)
    {
        if (_resend || _disposed)
            return [];
        if (!_wait.TryReset())
        {
            _wait.Dispose();
            _wait = new CancellationTokenSource();
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(_wait.Token, cancellation);
        try
        {
            return await viewer.NextAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    /// <summary>Answers whether the browser is up to date.</summary>
    private async Task<bool> SendAsync(IReadOnlyList<Frame> frames, bool isWhole, CancellationToken cancellation)
    {
        if (await screen.DrawAsync(frames, isWhole, _wait.Token))
            return true;
        viewer.Rewind();
        if (_resend)
            return false;
        try
        {
            await Task.Delay(Rest, time, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The reader left.
        }

        return false;
    }
}
