using System.Runtime.CompilerServices;
using System.Text.Json;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Features.Runs.Streaming;
using Brigade.Web.Live;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Brigade.Web.Hubs;

/// <summary>One event of a run: the same as <c>GET /api/v1/runs/{id}/events</c> sends.</summary>
/// <param name="Event">run, plan, trial or frame.</param>
/// <param name="Id">To go on behind it; absent where one cannot.</param>
internal sealed record RunStreamItem(string Event, string? Id, JsonElement Data);

/// <summary>Where programs watch runs by SignalR. It speaks JSON and holds no state; whoever may read may watch.</summary>
[Authorize(AccessPolicies.Viewer)]
internal sealed class RunsHub(RunStore store, ILiveRuns live, IHostApplicationLifetime lifetime, TimeProvider time) : Hub
{
    public const string Path = "/hubs/runs";

    /// <summary>A run as it happens, from the beginning or from behind an event, until it has ended.</summary>
    /// <param name="withFrames">Whether frames are sent; they are most of it.</param>
    /// <param name="lastEventId">The id of the last event that was received; null or empty to begin at the beginning.</param>
    [Authorize(AccessPolicies.Viewer)]
    public async IAsyncEnumerable<RunStreamItem> Follow(Guid runId, bool withFrames, string? lastEventId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var position = StreamPosition.Parse(lastEventId ?? "") ?? throw new HubException("This is no id of an event of a run. Send it as it was received, or nothing to begin at the beginning.");
        if (await store.FindAsync(runId, cancellation) is null || await live.WatchAsync(runId, cancellation) is not { } viewer)
            throw new HubException($"There is no run {runId} in this workspace.");
        if (position.IsAtEnd)
        {
            await viewer.DisposeAsync();
            yield break;
        }

        await foreach (var item in new RunEventStream(viewer, position, withFrames, time, lifetime.ApplicationStopping).ReadAsync(cancellation))
            yield return new RunStreamItem(item.EventType, item.EventId, JsonSerializer.Deserialize<JsonElement>(item.Data));
    }
}
