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
    public void Render_NothingFailed_IsEmpty() => Assert.Equal("", Open(Given.Result(0)).Markup.Trim());

    private static TrialResult Failed(int trial, string failure) => Given.Result(trial) with { Status = TrialStatus.Failed, Failure = failure };

    private IRenderedComponent<FailuresPanel> Open(params TrialResult[] trials) => Render<FailuresPanel>(parameters => parameters.Add(panel => panel.Plan, Given.Plan()).Add(panel => panel.Trials, trials));
}
