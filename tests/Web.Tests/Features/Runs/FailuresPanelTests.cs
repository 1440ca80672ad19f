using Brigade.Contracts.Runs;
using Brigade.Web.Features.Runs;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Runs;

public sealed class FailuresPanelTests : BunitContext
{
    [Fact]
    public void Render_SameFailure_IsShownOnce()
    {
        var panel = Open(Failed(0, "task.py, line 1: expected ':'"), Failed(1, "task.py, line 1: expected ':'"));
        Assert.StartsWith("2 trials, the first one trial 1: python · sequential, repetition 1", panel.Find(".failure h3").TextContent, StringComparison.Ordinal);
        Assert.Single(panel.FindAll(".failure"));
        Assert.Equal(2, panel.FindAll(".failure li").Count);
    }

    [Fact]
    public void Render_DifferentFailures_AreApart() => Assert.Equal(2, Open(Failed(0, "Timed out after 60 s."), Failed(1, "The host ended with code 9.")).FindAll(".failure").Count);

    [Fact]
    public void Render_ErrorBeforeTheFirstTask_NamesNoTask() => Assert.StartsWith(
        "Before the first task",
        Open(Failed(0, "expected ':'") with { TaskErrors = [new TaskError(-1, -1, "SyntaxError", "")] }).Find("summary").TextContent,
        StringComparison.Ordinal);

    [Fact]
    public void Render_Deadlock_ShowsWhereEachWorkerStands()
    {
        var panel = Open(Failed(0, "deadlock: worker 0 holds lock A.") with { TaskErrors = [new TaskError(-1, -1, "deadlock: worker 0 holds lock A.", "worker 0: at Enter\nworker 1: at Enter")] });
        Assert.StartsWith("Deadlock. Worker 0 holds lock A.", panel.FindAll(".failure p")[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("Where each worker stands", panel.Find("details[open] summary").TextContent.Trim());
        Assert.Contains("worker 1: at Enter", panel.Find("details[open] pre").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WorkersReplacedAndArrivalsDropped_SaysWhatSurvived()
    {
        var text = Open(Given.Result(0) with { Lost = 3, Replaced = 2, RecoveryMs = 10, Offered = 100, Dropped = 7 }).Find(".failure").TextContent;
        foreach (var part in new[] { "3 tasks never came back", "2 workers were lost and replaced; the new ones worked after 5 ms each", "7 arrivals were dropped of 100" })
            Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NothingFailed_IsEmpty() => Assert.Equal("", Open(Given.Result(0)).Markup.Trim());

    private static TrialResult Failed(int trial, string failure) => Given.Result(trial) with { Status = TrialStatus.Failed, Failure = failure };

    private IRenderedComponent<FailuresPanel> Open(params TrialResult[] trials) => Render<FailuresPanel>(parameters => parameters.Add(panel => panel.Plan, Given.Plan()).Add(panel => panel.Trials, trials));
}
