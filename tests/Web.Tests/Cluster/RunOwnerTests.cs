using System.Text;
using Brigade.Contracts.Runs;
using Brigade.Web.Cluster;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Brigade.Web.Tests.Cluster;

public sealed class RunOwnerTests
{
    private readonly Guid _id = Guid.NewGuid();
    private readonly FakeRunStorage _storage = new();
    private readonly FakeRunSurroundings _surroundings = new();
    private readonly FakeTimeProvider _time = new(Given.Noon);
    private readonly ControlPlaneOptions _options = new();

    private RunDetailView Stored => new(_storage[_id].Row.Status, _storage[_id].Row.Reason, _storage[_id].CommittedSequence);

    [Fact]
    public async Task AssignAsync_QueuedRun_CommitsAndAnswersSpec()
    {
        var owner = await OwnerAsync();

        var assigned = await owner.AssignAsync("r1", "runner");

        Assert.Equal(42, assigned!.Seed);
        Assert.Contains("cpu.primes", assigned.Spec, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Assigned, Stored.Status);
        Assert.Equal("runner", _storage[_id].Row.RunnerName);
        Assert.Null(await owner.AssignAsync("r2", "other"));
    }

    [Fact]
    public async Task DeliverAsync_WholeRun_StoresEverythingOnceAndEnds()
    {
        var owner = await AssignedAsync();

        var reply = await owner.DeliverAsync("r1", 0, Given.Raw(Given.WholeRun()));

        Assert.Equal(long.MaxValue, reply.Committed);
        Assert.Equal(RunStatus.Completed, Stored.Status);
        Assert.Equal(13, Stored.Committed);
        Assert.Equal([0, 1], _storage.Commits.SelectMany(commit => commit.Trials).Select(trial => trial.Index));
        Assert.Equal(
            [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)],
            _storage.Commits.SelectMany(commit => commit.Segments).SelectMany(segment => segment.Frames).Select(frame => (frame.Trial, frame.Number)));
        Assert.Equal(1, _surroundings.EndedCount);
    }

    [Fact]
    public async Task DeliverAsync_StatusFollowsEvents_RunningThenFinishing()
    {
        var owner = await AssignedAsync();

        await owner.DeliverAsync("r1", 0, Given.Raw(Given.Started()));
        Assert.Equal(RunStatus.Running, Stored.Status);

        await owner.DeliverAsync("r1", 1, Given.Raw(Given.TrialEnded(0), Given.TrialEnded(1)));
        Assert.Equal(RunStatus.Finishing, Stored.Status);
    }

    [Fact]
    public async Task DeliverAsync_SameBatchAgain_IsTakenOnce()
    {
        var owner = await AssignedAsync();
        var events = Given.Raw(Given.Started(), Given.TrialStarted(0), Given.Recorded(0, 0), Given.Recorded(0, 1), Given.TrialEnded(0));

        await owner.DeliverAsync("r1", 0, events[..3]);
        await owner.DeliverAsync("r1", 0, events[..3]);
        var reply = await owner.DeliverAsync("r1", 1, events[1..]);

        Assert.Equal(4, reply.Committed);
        Assert.Equal([0, 1], _storage.Commits.SelectMany(commit => commit.Segments).SelectMany(segment => segment.Frames).Select(frame => frame.Number));
        Assert.Equal(5, _surroundings.Updates.Sum(update => update.Events.Length));
    }

    [Fact]
    public async Task DeliverAsync_Gap_IsRefusedWithWhatIsMissing()
    {
        var owner = await AssignedAsync();
        await owner.DeliverAsync("r1", 0, Given.Raw(Given.Started()));

        var reply = await owner.DeliverAsync("r1", 3, Given.Raw(Given.Recorded(0, 2)));

        Assert.Contains("1 to 2 are missing", reply.Refusal, StringComparison.Ordinal);
        Assert.Equal(0, reply.Committed);
    }

    [Fact]
    public async Task DeliverAsync_FramesOnly_AreCommittedWhenTheyAreOldEnough()
    {
        var owner = await AssignedAsync();
        await owner.DeliverAsync("r1", 0, Given.Raw(Given.Started()));
        var reply = await owner.DeliverAsync("r1", 1, Given.Raw(Given.TrialStarted(0), Given.Recorded(0, 0)));
        Assert.Equal(0, reply.Committed);

        _time.Advance(_options.CommitAfter);
        await owner.TickAsync();

        Assert.Equal(2, owner.Committed("r1"));
    }

    [Fact]
    public async Task DeliverAsync_StorageFull_KeepsEventsAndStoresThemLater()
    {
        var owner = await AssignedAsync();
        await owner.DeliverAsync("r1", 0, Given.Raw(Given.Started()));
        _storage.IsFull = true;

        var reply = await owner.DeliverAsync("r1", 1, Given.Raw(Given.TrialEnded(0)));

        Assert.Equal(0, reply.Committed);
        Assert.Contains("No space left", _surroundings.Updates[^1].Reason, StringComparison.Ordinal);

        _storage.IsFull = false;
        _time.Advance(_options.RetryAfter);
        await owner.TickAsync();

        Assert.Equal(1, owner.Committed("r1"));
        Assert.Equal("", _surroundings.Updates[^1].Reason);
    }

    [Fact]
    public async Task DeliverAsync_StorageFullAtTheEnd_EndsWhenThereIsRoom()
    {
        var owner = await AssignedAsync();
        _storage.IsFull = true;
        await owner.DeliverAsync("r1", 0, Given.Raw(Given.WholeRun()));
        Assert.True(owner.IsOpen);

        _storage.IsFull = false;
        _time.Advance(_options.RetryAfter);
        await owner.TickAsync();

        Assert.Equal(RunStatus.Completed, Stored.Status);
        Assert.Equal(1, _surroundings.EndedCount);
    }

    [Fact]
    public async Task DeliverAsync_TooMuchWaits_IsRefused()
    {
        _options.MaximumPending = 2;
        var owner = await AssignedAsync();

        var reply = await owner.DeliverAsync("r1", 0, Given.Raw(Given.WholeRun()));

        Assert.Contains("send them again later", reply.Refusal, StringComparison.Ordinal);
        Assert.Equal(-1, reply.Committed);
    }

    [Fact]
    public async Task DeliverAsync_TooManyBytesWait_IsRefusedButNeverTheFirst()
    {
        _options.MaximumPendingBytes = 10;
        var owner = await AssignedAsync();

        var first = await owner.DeliverAsync("r1", 0, Given.Raw(Given.Started()));
        var frames = await owner.DeliverAsync("r1", 1, Given.Raw(Given.Recorded(0, 0)));
        var more = await owner.DeliverAsync("r1", 2, Given.Raw(Given.Recorded(0, 1)));

        Assert.Equal(("", ""), (first.Refusal, frames.Refusal));
        Assert.Contains("send them again later", more.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeliverAsync_Garbage_FailsTheRunAndKeepsWhatCameBefore()
    {
        var owner = await AssignedAsync();
        await owner.DeliverAsync("r1", 0, [.. Given.Raw(Given.Started(), Given.TrialEnded(0)), Encoding.UTF8.GetBytes("garbage")]);

        Assert.Equal(RunStatus.Failed, Stored.Status);
        Assert.Contains("event 2", Stored.Reason, StringComparison.Ordinal);
        Assert.Equal(1, Stored.Committed);
        Assert.Single(_storage.Commits.SelectMany(commit => commit.Trials));
    }

    [Fact]
    public async Task DeliverAsync_OtherRunner_IsRefused()
    {
        var owner = await AssignedAsync();

        var reply = await owner.DeliverAsync("stranger", 0, Given.Raw(Given.Started()));

        Assert.Contains("another runner", reply.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadAsync_AfterRestart_ContinuesFromWhatIsCommitted()
    {
        var first = await AssignedAsync();
        var events = Given.Raw(Given.WholeRun());
        await first.DeliverAsync("r1", 0, events[..4]);
        var committed = first.Committed("r1");
        Assert.Equal(0, await CommittedAfterRestartAsync() - committed);

        var second = await OwnerAsync(exists: true);
        await second.DeliverAsync("r1", committed + 1, events[(int)(committed + 1)..]);

        Assert.Equal(RunStatus.Completed, Stored.Status);
        Assert.Equal(
            [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)],
            _storage.Commits.SelectMany(commit => commit.Segments).SelectMany(segment => segment.Frames).Select(frame => (frame.Trial, frame.Number)));
    }

    [Fact]
    public async Task CancelAsync_Queued_EndsAtOnce()
    {
        var owner = await OwnerAsync();

        Assert.True(await owner.CancelAsync());

        Assert.Equal(RunStatus.Cancelled, Stored.Status);
    }

    [Fact]
    public async Task CancelAsync_Running_AsksTheRunnerAndEndsWithItsAnswer()
    {
        var owner = await AssignedAsync();
        await owner.DeliverAsync("r1", 0, Given.Raw(Given.Started()));

        await owner.CancelAsync();
        Assert.Equal(["r1"], _surroundings.Cancelled);
        Assert.True(owner.IsOpen);

        await owner.DeliverAsync("r1", 1, Given.Raw(Given.Ended(RunStatus.Cancelled, "Cancelled.")));
        Assert.Equal(RunStatus.Cancelled, Stored.Status);
    }

    [Fact]
    public async Task TickAsync_CancelIsNotConfirmed_EndsAllTheSame()
    {
        var owner = await AssignedAsync();
        await owner.DeliverAsync("r1", 0, Given.Raw(Given.Started()));
        await owner.CancelAsync();

        _time.Advance(_options.CancelAfter);
        await owner.TickAsync();

        Assert.Equal(RunStatus.Cancelled, Stored.Status);
        Assert.Contains("did not confirm", Stored.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancelAsync_ServerIsStartedAgain_StopsTheRunnerWhenItComes()
    {
        var owner = await AssignedAsync();
        await owner.DeliverAsync("r1", 0, Given.Raw(Given.Started()));
        await owner.CancelAsync();

        var again = await OwnerAsync(exists: true);

        Assert.Equal(Resumption.Stop, await again.ResumeAsync("r1", "runner"));
        await again.DeliverAsync("r1", 1, Given.Raw(Given.Ended(RunStatus.Cancelled, "Cancelled.")));
        Assert.Equal(RunStatus.Cancelled, Stored.Status);
    }

    [Fact]
    public async Task CancelAsync_ServerIsStartedAgainAndTheRunnerIsGone_EndsAllTheSame()
    {
        var owner = await AssignedAsync();
        await owner.DeliverAsync("r1", 0, Given.Raw(Given.Started()));
        await owner.CancelAsync();

        var again = await OwnerAsync(exists: true);
        _time.Advance(_options.CancelAfter);
        await again.TickAsync();

        Assert.Equal(RunStatus.Cancelled, Stored.Status);
    }

    [Fact]
    public async Task CancelAsync_CannotBeStored_TheRunnerIsAskedAllTheSame()
    {
        var owner = await AssignedAsync();
        _storage.IsFull = true;

        Assert.True(await owner.CancelAsync());

        Assert.Equal(["r1"], _surroundings.Cancelled);
    }

    [Fact]
    public async Task AbandonAsync_NothingMeasured_GoesBackToTheQueue()
    {
        var owner = await AssignedAsync();

        await owner.AbandonAsync("gone");

        Assert.Equal(RunStatus.Queued, Stored.Status);
        Assert.NotNull(await owner.AssignAsync("r2", "other"));
    }

    [Fact]
    public async Task AbandonAsync_SomethingMeasured_IsLostWithReasonAndKeepsIt()
    {
        var owner = await AssignedAsync();
        await owner.DeliverAsync("r1", 0, Given.Raw(Given.Started(), Given.TrialStarted(0), Given.Recorded(0, 0)));

        await owner.AbandonAsync("gone");

        Assert.Equal((RunStatus.Lost, "gone", 2L), (Stored.Status, Stored.Reason, Stored.Committed));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DeliverAsync_RestOfALostRun_IsKeptAndTheStatusStays(bool afterRestart)
    {
        var owner = await AssignedAsync();
        var events = Given.Raw(Given.WholeRun());
        await owner.DeliverAsync("r1", 0, events[..4]);
        await owner.AbandonAsync("gone");
        if (afterRestart)
            owner = await OwnerAsync(exists: true);
        Assert.Equal(3, owner.Committed("r1"));
        Assert.Equal(Resumption.Refused, await owner.ResumeAsync("r1", "runner"));

        var reply = await owner.DeliverAsync("r1", 4, events[4..8]);
        Assert.Equal((7L, ""), (reply.Committed, reply.Refusal));
        Assert.Equal(["r1"], _surroundings.Cancelled);
        reply = await owner.DeliverAsync("r1", 8, events[8..]);

        Assert.Equal(long.MaxValue, reply.Committed);
        Assert.Equal((RunStatus.Lost, "gone", 13L), (Stored.Status, Stored.Reason, Stored.Committed));
        Assert.Equal([0, 1], _storage.Commits.SelectMany(commit => commit.Trials).Select(trial => trial.Index));
        Assert.All(_surroundings.Updates.Skip(4), update => Assert.True(update.Status is RunStatus.Lost));
        Assert.Equal(1, _surroundings.EndedCount);
    }

    [Fact]
    public async Task DeliverAsync_LateAndStorageIsFull_RunnerKeepsItUntilItIsStored()
    {
        var owner = await AssignedAsync();
        await owner.DeliverAsync("r1", 0, Given.Raw(Given.Started()));
        await owner.AbandonAsync("gone");
        _storage.IsFull = true;
        var late = Given.Raw(Given.TrialEnded(0), Given.Ended());
        Assert.Equal(0, (await owner.DeliverAsync("r1", 1, late)).Committed);

        _storage.IsFull = false;
        _time.Advance(_options.RetryAfter);

        Assert.Equal(long.MaxValue, (await owner.DeliverAsync("r1", 1, late)).Committed);
        Assert.Equal(2, Stored.Committed);
    }

    [Fact]
    public async Task DeliverAsync_LateButNotReadable_TellsTheRunnerToForgetIt()
    {
        var owner = await AssignedAsync();
        await owner.DeliverAsync("r1", 0, Given.Raw(Given.Started()));
        await owner.AbandonAsync("gone");

        var reply = await owner.DeliverAsync("r1", 1, ["{}"u8.ToArray()]);

        Assert.Equal((long.MaxValue, RunStatus.Lost), (reply.Committed, Stored.Status));
    }

    [Fact]
    public async Task AbandonAsync_CannotBeStored_StaysAssignedUntilItIs()
    {
        var owner = await AssignedAsync();
        _storage.IsFull = true;
        Assert.False(await owner.AbandonAsync("gone"));
        Assert.Equal((RunStatus.Assigned, RunStatus.Assigned), (owner.Status, Stored.Status));

        _storage.IsFull = false;
        Assert.False(await owner.AbandonAsync("gone"));
        _time.Advance(_options.RetryAfter);

        Assert.True(await owner.AbandonAsync("gone"));
        Assert.Equal((RunStatus.Queued, RunStatus.Queued), (owner.Status, Stored.Status));
    }

    [Fact]
    public async Task AbandonAsync_AssignmentStoredButNotAnswered_GoesBackToTheQueue()
    {
        var owner = await OwnerAsync();
        _storage.LosesAnswers = true;
        Assert.Null(await owner.AssignAsync("r1", "runner"));
        Assert.Equal(RunStatus.Assigned, Stored.Status);

        _storage.LosesAnswers = false;
        _time.Advance(_options.RetryAfter);
        Assert.True(await owner.AbandonAsync("gone"));

        Assert.Equal(RunStatus.Queued, Stored.Status);
    }

    [Fact]
    public async Task AssignAsync_StorageFullAMomentAgo_IsNotTried()
    {
        var owner = await OwnerAsync();
        _storage.IsFull = true;
        Assert.Null(await owner.AssignAsync("r1", "runner"));
        _storage.IsFull = false;

        Assert.Null(await owner.AssignAsync("r1", "runner"));
        _time.Advance(_options.RetryAfter);

        Assert.NotNull(await owner.AssignAsync("r1", "runner"));
    }

    [Fact]
    public async Task AbandonAsync_EndOfTheRunnerWaitsForRoom_ThatEndStays()
    {
        var owner = await AssignedAsync();
        _storage.IsFull = true;
        await owner.DeliverAsync("r1", 0, Given.Raw(Given.WholeRun()));

        await owner.AbandonAsync("gone");
        _storage.IsFull = false;
        _time.Advance(_options.RetryAfter);
        await owner.TickAsync();

        Assert.Equal((RunStatus.Completed, ""), (Stored.Status, Stored.Reason));
    }

    [Fact]
    public async Task TickAsync_CancelTooLateForAnEndThatWaitsForRoom_ThatEndStays()
    {
        var owner = await AssignedAsync();
        _storage.IsFull = true;
        await owner.DeliverAsync("r1", 0, Given.Raw(Given.WholeRun()));
        await owner.CancelAsync();

        _storage.IsFull = false;
        _time.Advance(_options.CancelAfter);
        await owner.TickAsync();

        Assert.Equal(RunStatus.Completed, Stored.Status);
    }

    [Fact]
    public async Task TickAsync_FaultThatIsNoTroubleOfTheStorage_FailsTheRunWithReason()
    {
        var owner = await AssignedAsync();
        await owner.DeliverAsync("r1", 0, Given.Raw(Given.Started()));
        _storage.Fault = new InvalidOperationException("It is there twice.");
        await owner.DeliverAsync("r1", 1, Given.Raw(Given.TrialEnded(0)));
        for (var again = 0; again < 2; again++)
        {
            _time.Advance(_options.RetryAfter);
            await owner.TickAsync();
        }

        _storage.Fault = null;
        Assert.Equal(long.MaxValue, owner.Committed("r1"));
        await owner.TickAsync();

        Assert.Equal((RunStatus.Failed, 0L), (Stored.Status, Stored.Committed));
        Assert.Contains("It is there twice.", Stored.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResumeAsync_OtherRunner_IsRefusedAndToldToForgetTheRun()
    {
        var owner = await AssignedAsync();

        Assert.Equal(Resumption.Refused, await owner.ResumeAsync("r2", "runner"));
        Assert.Equal(long.MaxValue, owner.Committed("r2"));
        Assert.Equal(Resumption.Continue, await owner.ResumeAsync("r1", "runner"));
    }

    [Fact]
    public async Task ResumeAsync_AfterRestart_OnlyTheRunnerOfThatName()
    {
        await AssignedAsync();
        var owner = await OwnerAsync(exists: true);

        Assert.Equal(Resumption.Refused, await owner.ResumeAsync("r2", "other"));
        Assert.Equal(Resumption.Continue, await owner.ResumeAsync("r1", "runner"));
    }

    [Fact]
    public async Task ResumeAsync_RunThatWentBackToTheQueue_IsTakenUpAgain()
    {
        var owner = await AssignedAsync();
        await owner.AbandonAsync("gone");

        Assert.Equal(Resumption.Continue, await owner.ResumeAsync("r1", "runner"));

        Assert.Equal((RunStatus.Assigned, "runner"), (Stored.Status, _storage[_id].Row.RunnerName));
        Assert.Null(await owner.AssignAsync("r2", "other"));
    }

    [Fact]
    public async Task Committed_UnknownRun_TellsTheRunnerToForgetIt()
    {
        var owner = await OwnerAsync(exists: true);

        Assert.Equal(long.MaxValue, owner.Committed("r1"));
        Assert.Equal(Resumption.Refused, await owner.ResumeAsync("r1", "runner"));
    }

    [Fact]
    public async Task DeliverAsync_RunWasDeleted_TellsTheRunnerToForgetIt()
    {
        var owner = await AssignedAsync();
        _storage.Remove(_id);

        var reply = await owner.DeliverAsync("r1", 0, Given.Raw(Given.Started()));

        Assert.Equal(long.MaxValue, reply.Committed);
    }

    private async Task<long> CommittedAfterRestartAsync() => (await OwnerAsync(exists: true)).Committed("r1");

    private async Task<RunOwner> OwnerAsync(bool exists = false)
    {
        if (!exists)
            _storage.Add(Given.Run(_id));
        var owner = new RunOwner(_id, _storage, _surroundings, _options, _time, NullLogger.Instance);
        await owner.LoadAsync();
        return owner;
    }

    private async Task<RunOwner> AssignedAsync()
    {
        var owner = await OwnerAsync();
        await owner.AssignAsync("r1", "runner");
        return owner;
    }

    private sealed record RunDetailView(RunStatus Status, string Reason, long Committed);
}
