using Brigade.Contracts.Messages;
using Brigade.Web.Components.Shared;
using Brigade.Web.Features.Experiments.Form;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Experiments.Form;

public sealed class CodeFieldsTests : PageTest
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly SpecForm _form = SpecForm.From(Given.Spec());

    public CodeFieldsTests() => _form.Workload.Kind = WorkloadKind.Code;

    [Fact]
    public void Type_AfterAWhile_HasTheCodeLookedAt()
    {
        var fields = Open();
        fields.Find("textarea").Input("def task(index): return 1");
        Assert.Empty(ControlPlane.Checked);
        Time.Advance(Quiet);
        fields.WaitForAssertion(() => Assert.Equal(new CodeCheckRequest("python", "", "def task(index): return 1", "python"), Assert.Single(ControlPlane.Checked)));
        fields.WaitForAssertion(() => Assert.Contains("nothing wrong", fields.Find("#code-problems").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Problems_Found_AreListedWithTheirPlacesAndMarkedInTheText()
    {
        ControlPlane.CheckReply = new CodeCheckReply([new CodeProblem(CodeProblem.Error, "SyntaxError", "invalid syntax", 2, 5, 2, 9), new CodeProblem(CodeProblem.Warning, "W1", "not used", 1, 1, 1, 2)]);
        var fields = Open();
        fields.Find("textarea").Input("def task(index):\n    retur 1");
        Time.Advance(Quiet);
        fields.WaitForAssertion(() => Assert.Equal(["line 2, column 5", "line 1, column 1"], fields.FindAll(".place").Select(place => place.TextContent), StringComparer.Ordinal));
        Assert.Equal([new LineMark(2, "invalid syntax", 5, "error"), new LineMark(1, "not used", 1, "warning")], fields.FindComponent<CodeArea>().Instance.Marks);
        Assert.Equal("polite", fields.Find("#code-problems").GetAttribute("aria-live"));
    }

    [Fact]
    public void Check_NotPossible_SaysWhy()
    {
        ControlPlane.CheckReply = new CodeCheckReply([], "No runner is connected.");
        var fields = Open();
        fields.Find("textarea").Input("x");
        Time.Advance(Quiet);
        fields.WaitForAssertion(() => Assert.Equal("Not checked: No runner is connected.", fields.Find("#code-problems").TextContent.Trim()));
    }

    [Fact]
    public void Check_RunnerIsBusy_IsAskedForAgain()
    {
        ControlPlane.CheckReply = new CodeCheckReply([], "The runner measures.");
        var fields = Open();
        fields.Find("textarea").Input("x");
        Time.Advance(Quiet);
        fields.WaitForAssertion(() => Assert.StartsWith("Not checked:", fields.Find("#code-problems").TextContent.Trim(), StringComparison.Ordinal));
        ControlPlane.CheckReply = new CodeCheckReply([], "");
        Time.Advance(TimeSpan.FromSeconds(5));
        fields.WaitForAssertion(() => Assert.Contains("nothing wrong", fields.Find("#code-problems").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, ControlPlane.Checked.Count);
    }

    [Fact]
    public void Check_ControlPlaneDown_SaysSoAndLeavesTheTextAlone()
    {
        ControlPlane.IsDown = true;
        var fields = Open();
        fields.Find("textarea").Input("x");
        Time.Advance(Quiet);
        fields.WaitForAssertion(() => Assert.StartsWith("Not checked:", fields.Find("#code-problems").TextContent.Trim(), StringComparison.Ordinal));
        Assert.Equal("x", _form.Workload.Source);
    }

    [Fact]
    public void Language_Changed_ForgetsWhatWasFoundInTheOther()
    {
        ControlPlane.CheckReply = new CodeCheckReply([new CodeProblem(CodeProblem.Error, "SyntaxError", "invalid syntax", 2, 5, 2, 9)]);
        var fields = Open();
        fields.Find("textarea").Input("x");
        Time.Advance(Quiet);
        fields.WaitForAssertion(() => Assert.NotEmpty(fields.FindAll(".place")));
        fields.FindAll("label.choice").Single(label => label.TextContent.Trim() is "C#").QuerySelector("input")!.Change(true);
        Assert.Empty(fields.FindAll(".place"));
    }

    private IRenderedComponent<CodeFields> Open() => Render<CodeFields>(parameters => parameters.Add(it => it.Form, _form));
}
