using Brigade.Contracts.Spec;
using Brigade.Web.Features.Runner;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Runner;

public sealed class RunnerPageTests : PageTest
{
    [Fact]
    public void Open_Connected_ShowsMachineAndRuntimes()
    {
        var page = Render<RunnerPage>();
        var runtime = page.WaitForElement("[aria-label='Runtimes of host'] tbody tr").TextContent;
        foreach (var fact in new[] { "python3.11", "3.11.2", "on", "/usr/bin/python3" })
            Assert.Contains(fact, runtime, StringComparison.Ordinal);
        Assert.Contains("2 cores", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoneConnected_SaysWhatToDo()
    {
        ControlPlane.Runners.Clear();
        var page = Render<RunnerPage>();
        page.WaitForAssertion(() => Assert.Contains("No runner is connected", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Open_Always_ListsTheKernels() => Assert.Equal(KernelCatalogue.All.Select(kernel => kernel.Name), Render<RunnerPage>().FindAll("[aria-label='Table of kernels'] tbody th code").Select(name => name.TextContent), StringComparer.Ordinal);

    [Fact]
    public void MakeLink_Clicked_ShowsTheWholeAddress()
    {
        var page = Render<RunnerPage>();
        page.FindAll("button").Single(button => string.Equals(button.TextContent.Trim(), "Make a link", StringComparison.Ordinal)).Click();
        Assert.Equal("http://localhost/open/secret", page.Find("#one-time-link").GetAttribute("value"));
    }
}
