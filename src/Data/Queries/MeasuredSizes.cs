using System.Collections.Concurrent;

namespace Brigade.Data.Queries;

/// <summary>How many bytes workspaces store, as it was measured last on this node: to add them up reads all that is stored.</summary>
public sealed class MeasuredSizes
{
    private readonly ConcurrentDictionary<Guid, MeasuredSize> _known = new();

    internal MeasuredSize? Find(Guid workspaceId) => _known.GetValueOrDefault(workspaceId);

    internal MeasuredSize Keep(Guid workspaceId, MeasuredSize size) => _known[workspaceId] = size;
}

/// <summary>Bytes of measurements, and when they were added up.</summary>
public sealed record MeasuredSize(long Bytes, DateTimeOffset At);
