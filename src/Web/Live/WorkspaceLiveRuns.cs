using Brigade.Data.Queries;

namespace Brigade.Web.Live;

/// <summary>The feeds of this node as far as the viewer's workspace has their runs.</summary>
internal sealed class WorkspaceLiveRuns(LiveRuns feeds, RunStore runs) : ILiveRuns
{
    public async Task<IRunViewer?> WatchAsync(Guid runId, CancellationToken cancellation = default) =>
        (await runs.KnownAsync([runId], cancellation)).Count > 0 ? await feeds.WatchAsync(runId, cancellation) : null;
}
