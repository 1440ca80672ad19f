using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Web.Live;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Brigade.Web.Tests.Live;

public sealed class RunPictureTests
{
    private readonly FakeTimeProvider _time = new(Given.Noon);
    private readonly RunPicture _picture;

    public RunPictureTests() => _picture = new RunPicture(Guid.NewGuid(), _time);

    [Fact]
    public void Fold_EventsOfARun_ShowsEachTrialsStatus()
    {
        Fold(Given.Started(), Given.TrialStarted(0), Given.TrialEnded(0), Given.TrialStarted(1), new TrialMeasuring(1, 33));
        _picture.Fold(RunStatus.Running, "", Given.Noon, null);

        var snapshot = _picture.Snapshot;

        Assert.Equal([TrialStatus.Completed, TrialStatus.Running], snapshot.Trials.Select(trial => trial.Status));
        Assert.Equal(1, snapshot.CurrentTrial);
        Assert.Equal([20, 33], snapshot.Trials.Select(trial => trial.StartupMs!.Value));
        Assert.NotNull(snapshot.Machine);
    }

    [Fact]
    public void Fold_Frames_DropHistogramsAndDuplicatesAndLeaveTheStructureAlone()
    {
        Fold(Given.Started(), Given.TrialStarted(0), Given.Recorded(0, 0));
        var (snapshot, version) = (_picture.Snapshot, _picture.Version);

        _picture.Fold(3, Given.Recorded(0, 1));
        _picture.Fold(3, Given.Recorded(0, 1));

        Assert.Equal([0, 1], _picture.Frames.Since(0).Select(frame => frame.Number));
        Assert.All(_picture.Frames.Since(0), frame => Assert.Empty(frame.Histogram));
        Assert.Same(snapshot, _picture.Snapshot);
        Assert.Equal(version, _picture.Version);
    }

    [Fact]
    public void Fold_SameStatusAgain_ChangesNothing()
    {
        _picture.Fold(RunStatus.Running, "", Given.Noon, null);
        var version = _picture.Version;

        _picture.Fold(RunStatus.Running, "", Given.Noon, null);

        Assert.Equal(version, _picture.Version);
    }

    [Fact]
    public void Fold_AfterTheEnd_StatusStays()
    {
        _picture.Fold(RunStatus.Lost, "gone", Given.Noon, Given.Noon);

        _picture.Fold(RunStatus.Running, "", Given.Noon, null);

        Assert.Equal(RunStatus.Lost, _picture.Snapshot.Status);
    }

    [Fact]
    public void Remaining_HalfOfTheTrialsDone_IsAsLongAsTheyTook()
    {
        Fold(Given.Started(trials: 4));
        _picture.Fold(RunStatus.Running, "", Given.Noon, null);
        Assert.Null(_picture.Snapshot.Remaining);

        _time.Advance(TimeSpan.FromSeconds(10));
        Fold(Given.TrialEnded(0), Given.TrialEnded(1));

        Assert.Equal(TimeSpan.FromSeconds(10), _picture.Snapshot.Remaining);
    }

    [Fact]
    public void Fold_FirstFrameAfterAReload_SaysWhichTrialRuns()
    {
        Fold(Given.Started(), Given.Recorded(1, 0));

        Assert.Equal(1, _picture.Snapshot.CurrentTrial);
    }

    private void Fold(params RunEvent[] events)
    {
        foreach (var runEvent in events)
            _picture.Fold(_picture.NextSequence, runEvent);
    }
}
