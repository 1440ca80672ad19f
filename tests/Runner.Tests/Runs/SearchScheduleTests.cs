using Brigade.Contracts.Messages;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;
using Brigade.Runner.Tests.Fakes;
using Xunit;

namespace Brigade.Runner.Tests.Runs;

public sealed class SearchScheduleTests
{
    private static readonly Machine Machine = new("host", 2, 1 << 30, "os", "cpu", "", 0, []);

    private static readonly ExperimentSpec Spec = SearchSpec.Of(Jobs.Spec()) with
    {
        Matrix = new MatrixSpec { Runtime = ["python"], Strategy = [Strategy.Sequential, Strategy.Threads, Strategy.Pool], Workers = [1], ChunkSize = [1] },
        Search = new SearchSpec { Budget = TimeSpan.FromSeconds(10) },
        Limits = new LimitsSpec { TrialTimeout = TimeSpan.FromSeconds(7) },
    };

    [Fact]
    public void Next_FirstStep_IsTheProbeBoundedByTheSpecsTimeout()
    {
        var plan = TrialPlanner.Expand(Spec, seed: 1);

        var step = Assert.IsType<ExecuteStep>(new SearchSchedule(Spec, plan, Machine).Next(TimeSpan.Zero));

        Assert.Equal(Strategy.Sequential, plan.Cells[step.Trial.Cell].Strategy);
        Assert.Equal((1, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(7)), (step.Spec.Warmup.Tasks, step.Spec.Load.Duration, step.Spec.Limits.TrialTimeout));
    }

    [Fact]
    public async Task ExecuteAsync_Search_MeasuresEveryCandidateAndTellsWhyTheRestIsNotNeeded()
    {
        var output = new RecordingOutput();

        var outcome = await new RunExecutor(new FakeHosts("good"), TimeProvider.System).ExecuteAsync(Spec, 1, Machine, [output], CancellationToken.None);

        Assert.Equal(RunStatus.Completed, outcome.Status);
        var plan = output.Events.OfType<RunStarted>().Single().Plan;
        var results = output.Events.OfType<TrialEnded>().Select(ended => ended.Result).ToList();
        Assert.Equal(Enumerable.Range(0, plan.Trials.Count), results.Select(result => result.Index).Order());
        Assert.Equal([0, 1, 2], results.Where(result => result.Status == TrialStatus.Completed).Select(result => result.Cell).Distinct().Order());
        Assert.Equal(results.Count(result => result.Status != TrialStatus.Skipped), output.Events.OfType<TrialStarted>().Count());
        Assert.All(results.Where(result => result.Status == TrialStatus.Skipped), result => Assert.NotEmpty(Assert.Single(result.Warnings)));
    }

    [Fact]
    public async Task ExecuteAsync_BudgetOver_StartsNothingMore()
    {
        var output = new RecordingOutput();
        var clock = new JumpingTime(TimeSpan.FromSeconds(4));

        await new RunExecutor(new FakeHosts("good"), clock).ExecuteAsync(Spec, 1, Machine, [output], CancellationToken.None);

        Assert.InRange(output.Events.OfType<TrialStarted>().Count(), 1, 3);
        Assert.Contains(output.Events.OfType<TrialEnded>(), ended => ended.Result.Warnings.Contains("The search ended: its budget of 10s is used up.", StringComparer.Ordinal));
    }

    /// <summary>Each look at the clock finds it further on.</summary>
    private sealed class JumpingTime(TimeSpan step) : TimeProvider
    {
        private long _looks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ++_looks * step.Ticks / 4;
    }
}
