using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Experiments;
using Brigade.Web.Features.Runs.Guessing;
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

    [Theory]
    [InlineData("run")]
    [InlineData("copy")]
    public void Open_AddressThatNamesNoRun_StartsAnew(string parameter)
    {
        Navigation.NavigateTo($"/experiments/new?{parameter}=abc");
        Assert.Equal("New experiment", Open().Find("h1").TextContent.Trim());
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
    public void Goal_AdviseMe_AsksForABudgetInsteadOfALoad()
    {
        var page = Open();
        page.FindAll("[name=goal]")[1].Change(true);
        Time.Advance(Quiet);
        page.WaitForAssertion(() => Assert.Contains("search: {budget: 60s}", Yaml(page), StringComparison.Ordinal));
        Assert.Empty(page.FindAll("#f-repeat"));
        Assert.NotNull(page.Find("#f-search-budget"));
        Assert.Contains("within 1 min", page.Find(".plan-line").TextContent, StringComparison.Ordinal);
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
    public async Task Run_Guessed_KeepsTheGuessWithTheRun()
    {
        var page = Open();
        Assert.Empty(page.FindAll("[name=guess-strategy]"));
        page.Find(".asked input").Change(true);
        page.FindAll("[name=guess-strategy]")[1].Change("on");
        Button(page, "Run").Click();
        page.WaitForAssertion(() => Assert.Contains("/runs/", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(new Guess(Strategy.Threads, null, null, null), GuessReading.Stored((await Runs.FindAsync(ControlPlane.Submitted[0].Run))!.Guess));
    }

    [Fact]
    public void Run_AddressAsksForAGuess_WaitsForIt()
    {
        Navigation.NavigateTo("/experiments/new?guess=1");
        var page = Open();
        Button(page, "Run").Click();
        page.WaitForAssertion(() => Assert.Contains("Choose what will win", page.Find(".missed").TextContent, StringComparison.Ordinal));
        Assert.Empty(ControlPlane.Submitted);
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
    public async Task SaveAsNew_NameIsTaken_TakesAFreeOneAndItsAddress()
    {
        var row = await Experiments.CreateAsync(Given.Spec());
        await Experiments.CreateAsync(Given.Spec("primes copy"));
        var page = Open(row.Id);
        await Experiments.UpdateAsync(row.Id, Given.Spec() with { Repeat = 5 }, row.Version);
        page.Find("#f-repeat").Input("7");
        Button(page, "Save").Click();
        page.WaitForAssertion(() => Button(page, "Save mine as a new experiment"));
        Button(page, "Save mine as a new experiment").Click();
        page.WaitForAssertion(() => Assert.Equal("primes copy 2", page.Find("#f-name").GetAttribute("value")));
        var saved = (await Experiments.ListAsync()).Single(experiment => string.Equals(experiment.Name, "primes copy 2", StringComparison.Ordinal));
        Assert.Equal(7, saved.Spec.Repeat);
        Assert.EndsWith($"/experiments/{saved.Id}", Navigation.Uri, StringComparison.Ordinal);
        Assert.DoesNotContain("Somebody else saved", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StoredAndChanged_SaysThatNothingIsSaved()
    {
        var row = await Experiments.CreateAsync(Given.Spec());
        var page = Open(row.Id);
        page.Find("#f-repeat").Input("7");
        Button(page, "Run").Click();
        Dialogs.WaitForAssertion(() => Assert.Contains("stays as it was saved last", Dialogs.Markup, StringComparison.Ordinal));
        Assert.Empty(ControlPlane.Submitted);
        DialogButton("Run without saving").Click();
        page.WaitForAssertion(() => Assert.EndsWith($"/runs/{Assert.Single(ControlPlane.Submitted).Run}", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal((7, null), (ControlPlane.Submitted[0].Spec.Repeat, ControlPlane.Submitted[0].ExperimentId));
        Assert.Equal(2, (await Experiments.FindAsync(row.Id))!.Spec.Repeat);
    }

    [Fact]
    public async Task Run_StoredAndChangedThenStay_KeepsTheChanges()
    {
        var row = await Experiments.CreateAsync(Given.Spec());
        var page = Open(row.Id);
        page.Find("#f-repeat").Input("7");
        Button(page, "Run").Click();
        Dialogs.WaitForAssertion(() => DialogButton("Stay"));
        DialogButton("Stay").Click();
        page.WaitForAssertion(() => Assert.Contains("Not saved", page.Markup, StringComparison.Ordinal));
        Assert.Empty(ControlPlane.Submitted);
        Assert.Equal("7", page.Find("#f-repeat").GetAttribute("value"));
    }

    [Fact]
    public void Preset_StartingOverIsRefused_GoesBackInTheList()
    {
        var page = Open();
        page.Find("#f-repeat").Input("7");
        page.Find("#preset").Change("slow-io");
        Dialogs.WaitForAssertion(() => DialogButton("Keep"));
        Assert.Equal("slow-io", page.Find("#preset").GetAttribute("value"));
        DialogButton("Keep").Click();
        page.WaitForAssertion(() => Assert.Equal("primes", page.Find("#preset").GetAttribute("value")));
        Assert.Equal("7", page.Find("#f-repeat").GetAttribute("value"));
    }

    [Fact]
    public void Form_Unreadable_LocksTheYamlAndOffersAWayBack()
    {
        var page = Open();
        page.Find("#f-matrix-workers").Input("1, x");
        Time.Advance(Quiet);
        page.WaitForAssertion(() => Assert.True(page.Find("#yaml").HasAttribute("readonly")));
        Button(page, "Go back to the YAML's state").Click();
        Assert.False(page.Find("#yaml").HasAttribute("readonly"));
        Assert.Equal("1, 2", page.Find("#f-matrix-workers").GetAttribute("value"));
    }

    [Fact]
    public void Strategies_NoneChosen_TieTheErrorToTheirGroup()
    {
        var page = Open();
        for (var strategy = 0; strategy < 5; strategy++)
            page.FindAll("[aria-labelledby=g-strategy] input")[strategy].Change(false);
        Time.Advance(Quiet);
        page.WaitForAssertion(() => Assert.Equal("f-matrix-strategy-error", page.Find("[aria-labelledby=g-strategy]").GetAttribute("aria-describedby")));
        Assert.Equal(("polite", "Choose at least one strategy."), (page.Find("#f-matrix-strategy-error").GetAttribute("aria-live"), page.Find("#f-matrix-strategy-error").TextContent));
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

    private AngleSharp.Dom.IElement DialogButton(string text) => Dialogs.FindAll("button").Single(button => string.Equals(button.TextContent.Trim(), text, StringComparison.Ordinal));

    private IRenderedComponent<ExperimentPage> Open(Guid? id = null)
    {
        if (!Navigation.Uri.Contains("/experiments", StringComparison.Ordinal))
            Navigation.NavigateTo(id is null ? "/experiments/new" : $"/experiments/{id}");
        var page = Render<ExperimentPage>(parameters => parameters.Add(it => it.Id, id));
        page.WaitForAssertion(() => Assert.DoesNotContain("Loading", page.Markup, StringComparison.Ordinal));
        return page;
    }

    [Fact]
    public async Task Open_ImportedExperiment_ShowsNoForm()
    {
        var row = await Experiments.CreateAsync(Given.Spec() with { Workload = new() { Imported = "k6" } });
        var page = Render<ExperimentPage>(parameters => parameters.Add(it => it.Id, row.Id));
        page.WaitForAssertion(() => Assert.Contains("Imported from k6", page.Find("h1").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("form, textarea, #preset"));
    }
}
