using Brigade.Analysis.Comparing;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Features.Compare;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Compare;

/// <summary>The smaller parts of the page.</summary>
public sealed class PartsTests : BunitContext
{
    public PartsTests() => Services.AddSingleton(new ReaderClock(TimeProvider.System));

    [Fact]
    public void Verdict_EachRun_SaysItFirstInWords()
    {
        var section = Render<VerdictSection>(parameters => parameters.Add(it => it.Sides, Compared.Sides(3)).Add(it => it.Comparison, Compared.Comparison([Verdict.Slower, Verdict.Same], [Verdict.Same, Verdict.Same])));

        Assert.Equal(["Slower in 1 of 2 cells, faster in none, same in 1.", "No difference that matters in both cells."], section.FindAll(".main").Select(line => line.TextContent), StringComparer.Ordinal);
        Assert.Equal(["Slower", "Same"], section.FindAll(".verdict").Select(card => card.GetAttribute("data-verdict")), StringComparer.Ordinal);
    }

    [Fact]
    public void Differences_None_SaysThatToo() => Assert.Contains("Nothing: the same machine", Differences([]).Markup, StringComparison.Ordinal);

    [Fact]
    public void Differences_Warnings_ComeFirstAndAreNeverHidden()
    {
        var section = Differences([
            .. Enumerable.Range(0, 10).Select(index => new Difference($"info{index}", ["a", "b"], DifferenceSeverity.Info, "Of no weight.")),
            new Difference("machine.cpu", ["Ryzen", ""], DifferenceSeverity.Warning, "Other processors.")]);

        Assert.Contains("1 difference below can be the reason of a change by itself", section.Find(".note").TextContent, StringComparison.Ordinal);
        Assert.Contains("machine.cpu", section.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Ryzen", Numbers.None], section.Find("tbody tr").QuerySelectorAll("td").Select(value => value.TextContent.Trim()), StringComparer.Ordinal);
        Assert.Equal(8, section.FindAll("tbody tr").Count);
        section.Find("button").Click();
        Assert.Equal(11, section.FindAll("tbody tr").Count);
    }

    [Fact]
    public void Differences_Code_IsFoldedAndItsSentenceDoesNotRepeatIt()
    {
        var (before, after) = ("def task(index):\n    pass", "def task(index):\n    return 1");
        var section = Differences([new Difference("workload.code.source", [before, after], DifferenceSeverity.Warning, $"The specs differ in workload.code.source: {before} | {after}.")]);

        Assert.Equal("The specs differ in workload.code.source.", section.Find(".text").TextContent);
        Assert.Equal("def task(index):…", section.Find("summary").TextContent);
        Assert.Equal([before, after], section.FindAll("pre").Select(code => code.TextContent), StringComparer.Ordinal);
    }

    [Fact]
    public void Dots_Repetitions_StandOnOneScale()
    {
        var comparison = Compared.Comparison([Verdict.Faster]);
        var dots = Render<RepetitionDots>(parameters => parameters.Add(it => it.Sides, Compared.Sides(2)).Add(it => it.Cell, comparison.Cells[0]).Add(it => it.Metric, Metrics.Throughput));

        // Values are 95, 105 and 195, 205.
        Assert.Equal(["0%", "9.09%", "90.91%", "100%"], dots.FindAll(".dot").Select(dot => dot.GetAttribute("style")!.Split(';')[0]["left: ".Length..]), StringComparer.Ordinal);
        Assert.Contains("A, run 0: 2 repetitions, median 100/s, interval 95/s to 105/s", dots.Find("[role=img]").GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Contains("Right is better", dots.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Dots_VeryManyRepetitions_AreSampledAndSaySo()
    {
        var comparison = Compared.Comparison([Verdict.Same]);
        var many = comparison.Cells[0].Runs[0]! with { Throughput = new MetricValues(500, 400, 600, [.. Enumerable.Range(0, 1_000).Select(value => (double)value)]) };
        var dots = Render<RepetitionDots>(parameters => parameters
            .Add(it => it.Sides, Compared.Sides(2)).Add(it => it.Cell, comparison.Cells[0] with { Runs = [many, null] }).Add(it => it.Metric, Metrics.Throughput));

        Assert.Equal(100, dots.FindAll(".dot").Count);
        Assert.Contains("Of more than 100 repetitions", dots.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Curves_TwoCountsOfWorkers_AreOneLineARunWithIntervals()
    {
        var group = Assert.Single(CurveGroup.Of(Compared.Sides(2), Compared.Comparison([Verdict.Same], [Verdict.Same]), Metrics.Throughput));

        Assert.Equal("python3.11 · threads", group.Name);
        Assert.Equal(["A run 0", "B run 1"], group.Lines.Select(line => line.Name), StringComparer.Ordinal);
        Assert.Equal([[1, 200], [2, 400]], group.Lines[1].Points);
        Assert.Equal([[1, 195, 205], [2, 395, 405]], group.Lines[1].Intervals);
        Assert.Empty(CurveGroup.Of(Compared.Sides(2), Compared.Comparison([Verdict.Same]), Metrics.Throughput));
    }

    [Fact]
    public void Apart_CellsThatSomeRunsLack_AreListedWithThoseThatHaveThem()
    {
        IReadOnlyList<ComparedSide> sides = [new(0, Compared.Run(3), null, "a"), new(1, Compared.Run(2), null, "b"), new(2, Compared.Run(3), null, "c")];
        var both = Compared.Comparison([Verdict.Same, Verdict.Same], [Verdict.Same, Verdict.Same]);
        var third = new ComparedCell("third", Compared.Cell(3), [Compared.Measurements(2, 1), null, Compared.Measurements(2, 1)], []);

        var apart = ApartCell.Of(sides, both with { Cells = [.. both.Cells, third] });
        Assert.Equal(("third", "0,2"), (Assert.Single(apart).Label, string.Join(',', apart[0].Runs)));

        var alone = ApartCell.Of([sides[0], sides[1]], Compared.Comparison([Verdict.Same], [Verdict.Same]));
        Assert.Equal(("python3.11 · threads × 3", "0"), (Assert.Single(alone).Label, string.Join(',', alone[0].Runs)));
    }

    [Fact]
    public void CellsAsRuns_TwoCells_AreTheSameCellOfTwoRunsAndDifferInTheirCoordinates()
    {
        var run = Compared.Run(3);
        var sides = CellsAsRuns.Sides(run, [2, 0]);
        var runs = sides.Select(side => CellsAsRuns.ToRun(side, sides[0])).ToList();

        Assert.Equal(["python3.11 · threads × 3", "python3.11 · threads × 1"], sides.Select(side => side.Title), StringComparer.Ordinal);
        Assert.All(runs, side => Assert.Equal(3, Assert.Single(side.Plan.Cells).Workers));
        Assert.All(runs, side => Assert.Equal([(0, "python3.11"), (0, "python3.11")], side.Trials.Select(trial => (trial.Cell, trial.Runtime))));
        Assert.Equal([0, 3], runs[1].Trials.Select(trial => trial.Index));
        var difference = Assert.Single(CellsAsRuns.Differences(sides));
        Assert.Equal(("workers", "3,1"), (difference.Field, string.Join(',', difference.Values)));
    }

    private IRenderedComponent<DifferenceSection> Differences(IReadOnlyList<Difference> differences) =>
        Render<DifferenceSection>(parameters => parameters.Add(it => it.Sides, Compared.Sides(2)).Add(it => it.Differences, differences));
}
