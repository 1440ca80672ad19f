using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Runs.Search;
using Bunit;

namespace Brigade.Web.Tests.Features.Runs.Search;

public sealed class LeaderBoardTests : BunitContext
{
    private static readonly TrialPlan Plan = TrialPlanner.Expand(
        new ExperimentSpec
        {
            Name = "a",
            Workload = new WorkloadSpec { Kernel = "noop" },
            Matrix = SearchSpec.OpenMatrix() with { Runtime = ["python"], Strategy = [Strategy.Sequential, Strategy.Threads], Workers = [2, 4, 64] },
            Search = new SearchSpec(),
        },
        seed: 1);

    [Fact]
    public void Start_NothingMeasured_SaysWhatHappensFirst() => Assert.Contains("4 candidates; the first trial of each runtime is a probe", Open([]).Markup, StringComparison.Ordinal);

    [Fact]
    public void Measured_BestFirstThenThoseThatLeftWithTheReason()
    {
        var board = Open([Trial(0, 100), Trial(1, 190), Trial(2, 50), Left(2, "Dropped after 1 round: about 74 % behind the leader."), Left(3, "Not measured: too many.")]);

        var rows = board.FindAll("[aria-label='Leader board'] tbody tr");
        Assert.Equal(["leading", "in", "out"], rows.Select(row => row.GetAttribute("data-state")), StringComparer.Ordinal);
        Assert.Equal("Dropped after 1 round: about 74 % behind the leader.", rows[2].GetAttribute("title"));
        Assert.Contains("2 of 4 candidates are measured now; python · threads × 2 leads.", board.Markup, StringComparison.Ordinal);
        Assert.Contains("Not measured: too many.", board.Find("details.others").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Interval_IsABarAsWideAsTheTextSays()
    {
        var board = Open([Trial(0, 100), Trial(1, 200)]);

        Assert.StartsWith("left: 40%", board.FindAll(".mark")[1].GetAttribute("style"), StringComparison.Ordinal);
        Assert.Contains("50 %", board.FindAll("tbody tr")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void End_SaysHowManyStayed() => Assert.Contains(
        "2 of 4 candidates were measured, and 2 stayed to the end; python · threads × 2 did the most.",
        Open([Trial(0, 100), Trial(1, 190)], hasEnded: true).Markup, StringComparison.Ordinal);

    private static TrialResult Trial(int cell, double throughput) => Of(cell, 1) with { Status = TrialStatus.Completed, ThroughputPerSecond = throughput };

    private static TrialResult Left(int cell, string reason) => Of(cell, 2) with { Status = TrialStatus.Skipped, Warnings = [reason] };

    private static TrialResult Of(int cell, int round) =>
        new() { Index = Plan.Trials.Single(trial => trial.Cell == cell && trial.Repetition == round).Index, Cell = cell, Repetition = round, Status = TrialStatus.Pending, Runtime = "python3.11" };

    private IRenderedComponent<LeaderBoard> Open(IReadOnlyList<TrialResult> trials, bool hasEnded = false) =>
        Render<LeaderBoard>(parameters => parameters.Add(board => board.Plan, Plan).Add(board => board.Trials, trials).Add(board => board.HasEnded, hasEnded));
}
