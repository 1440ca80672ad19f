using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Web.Live;

namespace Brigade.Web.Features.Runs.Streaming;

/// <summary>
/// A run's events for one reader, from its position on. The reader pulls: what comes while it is slow waits in the run's one feed, which is bounded, and not here.
/// </summary>
/// <param name="withFrames">Whether frames are sent; they are most of it.</param>
/// <param name="stopping">Fires when the server stops.</param>
internal sealed class RunEventStream(IRunViewer viewer, StreamPosition position, bool withFrames, TimeProvider time, CancellationToken stopping)
{
    /// <summary>So often at least something is sent, so that neither end nor a proxy takes the silence of a long trial for a lost connection.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private readonly Dictionary<int, (TrialStatus Status, bool IsMeasuring)> _told = [];
    private RunState? _state;
    private bool _isPlanned;

    public async IAsyncEnumerable<SseItem<string>> ReadAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using (viewer)
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
            while (await NextAsync(gone.Token) is { } frames)
            {
                // What the frames belong to: a trial that has ended here has no more of them.
                var snapshot = viewer.Seen;
                foreach (var item in Batch(frames, snapshot))
                    yield return item;
                if (snapshot.Status.IsTerminal())
                    yield break;
            }
        }
    }

    /// <summary>The frames that came, none where it was silent for a while; null where the reader or the server goes.</summary>
    private async Task<IReadOnlyList<Frame>?> NextAsync(CancellationToken gone)
    {
        using var heartbeat = new CancellationTokenSource(Heartbeat, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(gone, heartbeat.Token);
        try
        {
            return await viewer.NextAsync(waiting.Token);
        }
        catch (OperationCanceledException)
        {
            _state = null;
            return gone.IsCancellationRequested ? null : [];
        }
    }

    private IEnumerable<SseItem<string>> Batch(IReadOnlyList<Frame> frames, RunSnapshot snapshot)
    {
        var state = State(snapshot);
        if (state != _state && !snapshot.Status.IsTerminal())
            yield return Item(RunStream.State, _state = state);
        if (!_isPlanned && snapshot is { Plan: { } plan, Machine: { } machine })
        {
            _isPlanned = true;
            yield return Item(RunStream.Plan, new RunPlanned(machine, plan));
        }

        foreach (var ofTrial in frames.Where(frame => !position.Has(frame)).GroupBy(frame => frame.Trial))
        {
            var trial = snapshot.Trials.ElementAtOrDefault(ofTrial.Key);
            if (trial is { Result: null } && News(trial) is { } begun)
                yield return begun;
            foreach (var frame in withFrames ? ofTrial : Enumerable.Empty<Frame>())
            {
                position.Add(frame);
                yield return Item(RunStream.Frame, frame, position.ToString());
            }

            if (trial is { Result: not null } && News(trial) is { } ended)
                yield return ended;
        }

        foreach (var news in snapshot.Trials.Where(trial => trial.Status != TrialStatus.Pending).Select(News).OfType<SseItem<string>>())
            yield return news;
        if (snapshot.Status.IsTerminal())
            yield return Item(RunStream.State, state, StreamPosition.End);
    }

    /// <summary>What is new of a trial; null where that was told.</summary>
    private SseItem<string>? News(TrialSnapshot trial)
    {
        var now = (trial.Status, trial.StartupMs is not null);
        if (position.HasEnd(trial.Index) || (_told.TryGetValue(trial.Index, out var told) && told == now))
            return null;
        _told[trial.Index] = now;
        var state = new TrialState(trial.Index, trial.Status, trial.StartupMs, trial.Result);
        if (trial.Result is null)
            return Item(RunStream.Trial, state);
        _told.Remove(trial.Index);
        position.AddEnd(trial.Index);
        return Item(RunStream.Trial, state, position.ToString());
    }

    private static RunState State(RunSnapshot snapshot) => new(
        snapshot.Status, snapshot.Reason, snapshot.Trials.Count, snapshot.Trials.Count(trial => trial.Result is not null), snapshot.CurrentTrial,
        snapshot.StartedAt, snapshot.EndedAt, snapshot.Remaining?.TotalMilliseconds);

    private static SseItem<string> Item<T>(string name, T data, string? id = null) => new(JsonSerializer.Serialize(data, BrigadeJson.Options), name) { EventId = id };
}
