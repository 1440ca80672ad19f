using Brigade.Web.Features.Experiments;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Experiments;

public sealed class ExperimentsPageTests : PageTest
{
    [Fact]
    public void Open_NoExperiments_SaysHowToBegin()
    {
        var page = Render<ExperimentsPage>();
        page.WaitForAssertion(() => Assert.Contains("No experiments yet", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_Row_SubmitsItWithItsExperiment()
    {
        var row = await Experiments.CreateAsync(Given.Spec());
        var page = Render<ExperimentsPage>();
        page.WaitForElement("[aria-label='Run primes']").Click();
        page.WaitForAssertion(() => Assert.Equal(row.Id, Assert.Single(ControlPlane.Submitted).ExperimentId));
    }

    [Fact]
    public async Task Run_ControlPlaneDown_TellsTheReader()
    {
        await Experiments.CreateAsync(Given.Spec());
        ControlPlane.IsDown = true;
        var page = Render<ExperimentsPage>();
        page.WaitForElement("[aria-label='Run primes']").Click();
        Assert.Equal("“primes” could not be started.", page.WaitForElement("[role=alert] p").TextContent);
    }

    [Fact]
    public async Task Delete_Confirmed_RemovesTheRow()
    {
        await Experiments.CreateAsync(Given.Spec());
        var page = Render<ExperimentsPage>();
        page.WaitForElement("[aria-label='Delete primes']").Click();
        Dialogs.WaitForAssertion(() => Assert.Contains("It was never run.", Dialogs.Markup, StringComparison.Ordinal));
        Dialogs.FindAll("button").Single(button => string.Equals(button.TextContent.Trim(), "Delete", StringComparison.Ordinal)).Click();
        page.WaitForAssertion(() => Assert.Contains("No experiments yet", page.Markup, StringComparison.Ordinal));
        Assert.Empty(await Experiments.ListAsync());
    }

    [Fact]
    public async Task More_ManyExperiments_ShowsTheRest()
    {
        for (var number = 0; number < 52; number++)
            await Experiments.CreateAsync(Given.Spec($"experiment {number:00}"));
        var page = Render<ExperimentsPage>();
        page.WaitForAssertion(() => Assert.Equal(50, page.FindAll("tbody tr").Count));
        Assert.Contains("50 of 52 experiments", page.Markup, StringComparison.Ordinal);

        page.FindAll("button").Single(button => string.Equals(button.TextContent.Trim(), "Show more", StringComparison.Ordinal)).Click();

        page.WaitForAssertion(() => Assert.Equal(52, page.FindAll("tbody tr").Count));
        Assert.DoesNotContain("Show more", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ImportedExperiment_OffersNothingThatRunsIt()
    {
        await Experiments.CreateAsync(Given.Spec() with { Workload = new() { Imported = "k6" } });
        var page = Render<ExperimentsPage>();
        page.WaitForElement("[aria-label='Delete primes']");
        Assert.Contains("imported from k6", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[aria-label='Run primes'], [aria-label='Edit primes'], [aria-label='Duplicate primes']"));
    }
}
