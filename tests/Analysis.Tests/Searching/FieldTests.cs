using Brigade.Analysis.Searching;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.Searching;

public sealed class FieldTests
{
    [Fact]
    public void LetNeighboursWait_CandidateThatWasTheProbe_StaysIn()
    {
        var field = new Field(Plan);
        field.Take(Plan.Trials[1]);

        field.LetNeighboursWait();

        Assert.Equal([0, 1, 2], field.Inside);
        Assert.Null(field.NextSkip());
    }

    [Fact]
    public void SkipRest_CandidateThatStillWaits_GetsTheReasonOfTheEnd()
    {
        var field = new Field(Plan);
        field.LetNeighboursWait();
        Assert.Equal([0, 2], field.Inside);
        Assert.Equal(1, field.NextSkip()!.Trial);

        field.SkipRest("over");

        List<SkipStep> rest = [];
        while (field.NextSkip() is { } skip)
            rest.Add(skip);
        Assert.Equal([0, 2, 3, 4, 5], rest.Select(skip => skip.Trial));
        Assert.All(rest, skip => Assert.Equal("over", skip.Reason));
    }

    /// <summary>One line of three worker counts, twice.</summary>
    private static TrialPlan Plan { get; } = new(
        [.. new[] { 2, 4, 8 }.Select(workers => new Cell("python", Strategy.Threads, workers, null, null, null, 0, new Dictionary<string, ParameterValue>(StringComparer.Ordinal)))],
        [.. Enumerable.Range(0, 6).Select(index => new PlannedTrial(index, index % 3, (index / 3) + 1))],
        1,
        []);
}
