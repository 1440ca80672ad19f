using Brigade.Contracts.Messages;
using Brigade.Web.Features.Experiments.Form;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Experiments.Form;

public sealed class TryTaskTests : PageTest
{
    [Fact]
    public void Try_EndsWell_ShowsResultTimeRuntimeAndOutput()
    {
        ControlPlane.TryReply = new TryReply("python3.11", "42", 1.5, 30, "", "", "hello\n", ["It is slow."]);
        var panel = Open();
        panel.Find("button").Click();
        panel.WaitForAssertion(() => Assert.Equal("42", panel.Find(".try-reply code").TextContent));
        foreach (var part in new[] { "python3.11, took 1.5 ms, after a start-up of 30 ms", "hello", "It is slow." })
            Assert.Contains(part, panel.Markup, StringComparison.Ordinal);
        Assert.Equal("primes", Assert.Single(ControlPlane.Tried).Name);
    }

    [Fact]
    public void Try_EndsBadly_ShowsTheErrorAndItsDetail()
    {
        ControlPlane.TryReply = new TryReply("python3.11", "", 0, 30, "ValueError: no", "Traceback: line 3", "", []);
        var panel = Open();
        panel.Find("button").Click();
        panel.WaitForAssertion(() => Assert.Contains("ValueError: no", panel.Find(".try-reply").TextContent, StringComparison.Ordinal));
        Assert.Equal("Traceback: line 3", panel.Find("details[open] pre").TextContent);
        Assert.Equal("bad", panel.Find(".try-reply").GetAttribute("data-tone"));
    }

    [Fact]
    public void Try_ControlPlaneDown_SaysSo()
    {
        ControlPlane.IsDown = true;
        var panel = Open();
        panel.Find("button").Click();
        panel.WaitForAssertion(() => Assert.Contains("The runner does not answer.", panel.Markup, StringComparison.Ordinal));
        Assert.False(panel.Find("button").HasAttribute("disabled"));
    }

    [Fact]
    public void Open_SpecCannotBeRead_WaitsForIt() => Assert.True(Render<TryTask>().Find("button").HasAttribute("disabled"));

    [Fact]
    public void Try_JustTyped_TakesWhatWasTyped()
    {
        var panel = Render<TryTask>(parameters => parameters.Add(it => it.Spec, Given.Spec()).Add(it => it.Latest, () => Given.Spec("typed")));
        panel.Find("button").Click();
        panel.WaitForAssertion(() => Assert.Equal("typed", Assert.Single(ControlPlane.Tried).Name));
    }

    private IRenderedComponent<TryTask> Open() => Render<TryTask>(parameters => parameters.Add(it => it.Spec, Given.Spec()));
}
