using Brigade.Web.Features.Experiments;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Experiments;

public sealed class ExperimentPageTests : PageTest
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    [Fact]
    public void Open_New_StartsFromThePresetInTheAddress()
    {
        Navigation.NavigateTo("/experiments/new?preset=slow-io");
        var page = Open();
        Assert.Equal("io.sleep", page.Find("#f-workload-kernel").GetAttribute("value"));
        Assert.Contains("kernel: io.sleep", page.Find("#yaml").GetAttribute("value"), StringComparison.Ordinal);
    }

    [Fact]
    public void Form_Typed_ChangesTheYamlAfterAWhile()
    {
        var page = Open();
        page.Find("#f-repeat").Input("7");
        Assert.DoesNotContain("repeat: 7", Yaml(page), StringComparison.Ordinal);
        Time.Advance(Quiet);
        page.WaitForAssertion(() => Assert.Contains("repeat: 7", Yaml(page), StringComparison.Ordinal));
        Assert.Contains("7 repetitions", page.Find(".plan-line").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Yaml_Typed_ChangesTheForm()
    {
        var page = Open();
        page.Find("#yaml").Input(Yaml(page).Replace("repeat: 3", "repeat: 9", StringComparison.Ordinal));
        Time.Advance(Quiet);
        page.WaitForAssertion(() => Assert.Equal("9", page.Find("#f-repeat").GetAttribute("value")));
    }

    [Fact]
    public void Yaml_Broken_LocksTheFormSaysWhereAndKeepsTheText()
    {
        var page = Open();
        page.Find("#yaml").Input("version: 1\nnmae: x\n");
        Time.Advance(Quiet);
        page.WaitForAssertion(() => Assert.NotNull(page.Find("fieldset.form").GetAttribute("disabled")));
        Assert.Equal("version: 1\nnmae: x\n", Yaml(page));
        Assert.Contains(page.FindAll(".yaml-errors .place"), place => place.TextContent.StartsWith("line 2, column", StringComparison.Ordinal));
        Assert.True(Button(page, "Run").HasAttribute("disabled"));

        Button(page, "Go back to the form's state").Click();
        Assert.Null(page.Find("fieldset.form").GetAttribute("disabled"));
        Assert.Contains("kernel: cpu.primes", Yaml(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Form_Unreadable_ShowsTheErrorAtItsField()
    {
        var page = Open();
        page.Find("#f-matrix-workers").Input("two");
        Time.Advance(Quiet);
        page.WaitForAssertion(() => Assert.Contains("'two' is not a whole number", page.Find("#f-matrix-workers-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("two", page.Find("#f-matrix-workers").GetAttribute("value"));
    }

    [Fact]
    public void Strategies_Unchecked_LeaveTheMatrix()
    {
        var page = Open();
        page.FindAll("[aria-labelledby=g-strategy] input")[1].Change(false);
        Time.Advance(Quiet);
        page.WaitForAssertion(() => Assert.Contains("strategy: [sequential, async, pool, processes]", Yaml(page), StringComparison.Ordinal));
    }

    [Fact]
    public void Run_JustTyped_TakesWhatWasTyped()
    {
        var page = Open();
        page.Find("#f-name").Input("mine");
        Button(page, "Run").Click();
        page.WaitForAssertion(() => Assert.Equal("mine", Assert.Single(ControlPlane.Submitted).Spec.Name));
        Assert.EndsWith($"/runs/{ControlPlane.Submitted[0].Run}", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_New_StoresItAndTakesItsAddress()
    {
        var page = Open();
        page.Find("#f-name").Input("mine");
        Button(page, "Save").Click();
        page.WaitForAssertion(() => Assert.Contains("/experiments/", Navigation.Uri, StringComparison.Ordinal));
        var row = Assert.Single(await Experiments.ListAsync());
        Assert.Equal("mine", row.Name);
        Assert.EndsWith($"/experiments/{row.Id}", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_NameIsTaken_SaysSoAndKeepsTheForm()
    {
        await Experiments.CreateAsync(Given.Spec("mine"));
        var page = Open();
        page.Find("#f-name").Input("mine");
        Button(page, "Save").Click();
        page.WaitForAssertion(() => Assert.Contains("There is an experiment named \"mine\" already", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("mine", page.Find("#f-name").GetAttribute("value"));
    }

    [Fact]
    public async Task Save_ChangedByAnother_OffersToKeepBoth()
    {
        var row = await Experiments.CreateAsync(Given.Spec());
        var page = Open(row.Id);
        await Experiments.UpdateAsync(row.Id, Given.Spec("theirs"), row.Version);
        page.Find("#f-name").Input("mine");
        Button(page, "Save").Click();
        page.WaitForAssertion(() => Button(page, "Save mine as a new experiment"));
        Button(page, "Save mine as a new experiment").Click();
        page.WaitForAssertion(() => Assert.DoesNotContain("Somebody else saved", page.Markup, StringComparison.Ordinal));
        Assert.Equal(["mine", "theirs"], (await Experiments.ListAsync()).Select(experiment => experiment.Name), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Leave_Changed_AsksFirst()
    {
        var row = await Experiments.CreateAsync(Given.Spec());
        var page = Open(row.Id);
        page.Find("#f-name").Input("mine");
        var before = Navigation.Uri;
        await page.InvokeAsync(() => Navigation.NavigateTo("/history"));
        Dialogs.WaitForAssertion(() => Assert.Contains("Leave without saving?", Dialogs.Markup, StringComparison.Ordinal));
        Assert.Equal(before, Navigation.Uri);
    }

    [Fact]
    public void Open_UnknownExperiment_SaysSo() => Assert.Contains("does not exist", Open(Guid.NewGuid()).Markup, StringComparison.Ordinal);

    [Fact]
    public void Runtimes_OfTheRunner_CanBeChosen() => Assert.Contains(Open().FindAll("[aria-labelledby=g-runtime] label"), label => label.TextContent.StartsWith("python3.11", StringComparison.Ordinal));

    private static string Yaml(IRenderedComponent<ExperimentPage> page) => page.Find("#yaml").GetAttribute("value")!;

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<ExperimentPage> page, string text) => page.FindAll("button").Single(button => string.Equals(button.TextContent.Trim(), text, StringComparison.Ordinal));

    private IRenderedComponent<ExperimentPage> Open(Guid? id = null)
    {
        if (!Navigation.Uri.Contains("/experiments", StringComparison.Ordinal))
            Navigation.NavigateTo(id is null ? "/experiments/new" : $"/experiments/{id}");
        var page = Render<ExperimentPage>(parameters => parameters.Add(it => it.Id, id));
        page.WaitForAssertion(() => Assert.DoesNotContain("Loading", page.Markup, StringComparison.Ordinal));
        return page;
    }
}
