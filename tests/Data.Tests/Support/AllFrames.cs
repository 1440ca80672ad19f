using Brigade.Contracts.Runs;
using Brigade.Data.Queries;

namespace Brigade.Data.Tests.Support;

internal static class AllFrames
{
    /// <summary>The frames of all segments, one after the other.</summary>
    public static async Task<IReadOnlyList<Frame>> FramesAsync(this RunStore store, Guid run, int? trial = null)
    {
        List<Frame> frames = [];
        await foreach (var segment in store.SegmentsAsync(run, trial))
            frames.AddRange(segment);
        return frames;
    }
}
