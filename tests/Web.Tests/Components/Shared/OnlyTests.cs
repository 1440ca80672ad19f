using Brigade.Contracts.Runs;
using Brigade.Data.Entities;
using Brigade.Web.Components.Shared;
using Brigade.Web.Features.Experiments;
using Brigade.Web.Features.Overview;
using Brigade.Web.Features.Runner;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Components.Shared;

public sealed class OnlyTests : PageTest
{
    [Theory]
    [InlineData(WorkspaceRole.Viewer, false)]
    [InlineData(WorkspaceRole.Editor, false)]
    [InlineData(WorkspaceRole.Admin, true)]
    [InlineData(WorkspaceRole.Owner, true)]
    public void Render_Role_SeesWhatItMay(WorkspaceRole role, bool expected)
    {
        Me.Role = role;

        var only = Render<Only>(parameters => parameters
            .Add(only => only.Role, WorkspaceRole.Admin)
            .Add(only => only.ChildContent, "<b>may</b>")
            .Add(only => only.Otherwise, "<i>may not</i>"));

        Assert.Equal(expected, only.FindAll("b").Count == 1);
        Assert.Equal(!expected, only.FindAll("i").Count == 1);
    }

    [Fact]
    public async Task Pages_Viewer_OfferNothingThatChangesAnything()
    {
        await Experiments.CreateAsync(Given.Spec());
        await StoreRunAsync(status: RunStatus.Completed);
        Me.Role = WorkspaceRole.Viewer;

        var experiments = Render<ExperimentsPage>();
        experiments.WaitForAssertion(() => Assert.Contains("primes", experiments.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(Buttons(experiments), text => text is "Run" or "Delete" or "New experiment");

        var overview = Render<OverviewPage>();
        overview.WaitForAssertion(() => Assert.Contains("Look and change", overview.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(Buttons(overview), text => text is "Run");

        var runner = Render<RunnerPage>();
        runner.WaitForAssertion(() => Assert.Contains("Connected", runner.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(Buttons(runner), text => text is "Make a link");
    }

    private static IEnumerable<string> Buttons(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> page) =>
        page.FindAll("button, a.mud-button-root").Select(button => button.TextContent.Trim());
}
