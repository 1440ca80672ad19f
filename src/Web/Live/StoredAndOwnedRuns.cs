using Brigade.Data.Queries;
using Brigade.Web.Cluster;

namespace Brigade.Web.Live;

/// <summary>The store and the run's grain as a feed's source.</summary>
internal sealed class StoredAndOwnedRuns(IServiceScopeFactory scopes, IGrainFactory grains) : IRunSource
{
    // Observers are weak references in Orleans; the table lives as long as the feed.
    private readonly System.Runtime.CompilerServices.ConditionalWeakTable<IRunObserver, IRunObserver> _references = [];

    public async Task<bool> LoadAsync(Guid runId, Action<Action<RunPicture>> fold)
    {
        await using var scope = await scopes.CreateRunScopeAsync(runId);
        var store = scope.ServiceProvider.GetRequiredService<RunStore>();

        // In this order: what is committed between the reads shows twice, which folding ignores, and not never.
        var run = await store.FindAsync(runId);
        if (run is null)
            return false;
        var trials = await store.TrialsAsync(runId);
        fold(picture => picture.Fold(trials));
        await foreach (var frames in store.SegmentsAsync(runId, withHistograms: false))
            fold(picture => picture.Fold(frames));
        fold(picture => picture.Fold(run));
        return true;
    }

    public Task<RunUpdate?> SubscribeAsync(Guid runId, IRunObserver observer) => grains.GetGrain<IRunGrain>(runId).Watch(Reference(observer));

    public async Task UnsubscribeAsync(Guid runId, IRunObserver observer)
    {
        if (!_references.TryGetValue(observer, out var reference))
            return;
        await grains.GetGrain<IRunGrain>(runId).Unwatch(reference);
        _references.Remove(observer);
        grains.DeleteObjectReference<IRunObserver>(reference);
    }

    private IRunObserver Reference(IRunObserver observer) => _references.GetValue(observer, grains.CreateObjectReference<IRunObserver>);
}
