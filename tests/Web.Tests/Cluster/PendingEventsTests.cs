using Brigade.Web.Cluster;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Cluster;

public sealed class PendingEventsTests
{
    [Fact]
    public void ToChanges_FramesOfTwoTrials_AreSegmentsPerTrial()
    {
        var pending = new PendingEvents();
        foreach (var (trial, number) in new[] { (0, 7), (0, 8), (1, 0) })
            pending.Add([], Given.Recorded(trial, number), Given.Noon);

        var changes = pending.ToChanges(9);

        Assert.Equal([(0, 2), (1, 1)], changes.Segments.Select(segment => (segment.Trial, segment.Frames.Count)));
        Assert.Equal(9, changes.CommittedSequence);
    }

    [Fact]
    public void ToChanges_LongTrial_SegmentsHoldAtMostAMinute()
    {
        var pending = new PendingEvents();
        for (var number = 0; number < 601; number++)
            pending.Add([], Given.Recorded(0, number), Given.Noon);

        Assert.Equal([600, 1], pending.ToChanges(600).Segments.Select(segment => segment.Frames.Count));
    }

    [Fact]
    public void ToChanges_MissingFrame_StartsANewSegment()
    {
        var pending = new PendingEvents();
        pending.Add([], Given.Recorded(0, 0), Given.Noon);
        pending.Add([], Given.Recorded(0, 2), Given.Noon);

        Assert.Equal(2, pending.ToChanges(1).Segments.Count);
    }

    [Fact]
    public void HasMilestone_FramesOnly_IsFalse()
    {
        var pending = new PendingEvents();
        pending.Add([], Given.Recorded(0, 0), Given.Noon);
        Assert.False(pending.HasMilestone);

        pending.Add([], Given.TrialEnded(0), Given.Noon);
        Assert.True(pending.HasMilestone);

        pending.Clear();
        Assert.False(pending.HasMilestone);
        Assert.Null(pending.OldestAt);
    }
}
