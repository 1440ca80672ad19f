using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Web.Cluster;
using Brigade.Web.Live;

namespace Brigade.Web.Tests.Support;

/// <summary>A run's store and owner in one: some events are committed, the rest is the owner's window.</summary>
internal sealed class FakeRunSource : IRunSource
{
    private readonly List<RunEvent> _events = [];
    private long _committed = -1;

    public RunStatus Status { get; set; } = RunStatus.Running;

    public bool Exists { get; set; } = true;

    public int Loads { get; private set; }

    public IRunObserver? Observer { get; private set; }

    /// <summary>Runs while somebody subscribes, to make things happen in between.</summary>
    public Action? OnSubscribe { get; set; }

    /// <summary>Adds events as the owner does; <paramref name="tell"/> is false where its news gets lost.</summary>
    public void Add(bool tell, params RunEvent[] events)
    {
        var first = _events.Count;
        _events.AddRange(events);
        if (tell)
            _ = Observer?.Updated(Update(first, events));
    }

    public void Commit() => _committed = _events.Count - 1;

    public Task<bool> LoadAsync(Guid runId, Action<Action<RunPicture>> fold)
    {
        Loads++;
        if (!Exists)
            return Task.FromResult(false);
        var stored = _events.Take((int)_committed + 1).ToList();
        var started = stored.OfType<RunStarted>().FirstOrDefault();
        var detail = Given.Run(runId, Status) with { Machine = started?.Machine, Plan = started?.Plan, CommittedSequence = _committed };
        fold(picture => picture.Fold([.. stored.OfType<TrialEnded>().Select(ended => ended.Result)]));
        foreach (var trial in stored.OfType<FrameRecorded>().Select(recorded => recorded.Frame).GroupBy(frame => frame.Trial))
            fold(picture => picture.Fold([.. trial]));
        fold(picture => picture.Fold(detail));
        return Task.FromResult(true);
    }

    public Task<RunUpdate?> SubscribeAsync(Guid runId, IRunObserver observer)
    {
        Observer = observer;
        var window = Update(_committed + 1, _events.Skip((int)_committed + 1).ToArray());
        OnSubscribe?.Invoke();
        return Task.FromResult<RunUpdate?>(window);
    }

    public Task UnsubscribeAsync(Guid runId, IRunObserver observer)
    {
        Observer = null;
        return Task.CompletedTask;
    }

    private RunUpdate Update(long first, RunEvent[] events) => new((int)Status, "", Given.Noon, null, first, Given.Raw(events));
}
