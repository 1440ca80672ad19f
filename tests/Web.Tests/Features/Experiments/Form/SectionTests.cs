using Brigade.Contracts.Spec;
using Brigade.Web.Components.Shared;
using Brigade.Web.Features.Experiments.Form;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Tests.Features.Experiments.Form;

/// <summary>The parts of the form, each by itself.</summary>
public sealed class SectionTests : PageTest
{
    private readonly SpecForm _form = SpecForm.From(Given.Spec());
    private int _changes;

    [Fact]
    public void Processes_NoneChosen_AreNotShown() => Assert.Empty(Open<ProcessesSection>().FindAll("details"));

    [Fact]
    public void Processes_Chosen_ShowTheirChannelsClosedWithWhatIsSet()
    {
        _form.Strategies = [Strategy.Processes];
        var section = Open<ProcessesSection>();
        Assert.Equal("pipe, chunk 1, no payload", section.Find("summary .muted").TextContent.Trim());
        Assert.False(section.Find("details").HasAttribute("open"));
        section.FindAll("[aria-labelledby=g-channel] input")[3].Change(true);
        Assert.Equal([Channel.Pipe, Channel.SharedMemory], _form.Channels);
        Assert.Equal(1, _changes);
    }

    [Fact]
    public void Processes_WithoutPython_HaveNoStartMethods()
    {
        (_form.Strategies, _form.Runtimes) = ([Strategy.ProcessPerTask], ["dotnet"]);
        Assert.Empty(Open<ProcessesSection>().FindAll("[aria-labelledby=g-start]"));
        _form.Runtimes = ["python3.11"];
        Assert.Equal(3, Open<ProcessesSection>().FindAll("[aria-labelledby=g-start] input").Count);
    }

    [Fact]
    public void Processes_SomethingIsWrong_AreOpenAndSayIt()
    {
        _form.Strategies = [Strategy.Threads];
        var section = Open<ProcessesSection>(new SpecError("/matrix/channel/1", "No such channel."));
        Assert.True(section.Find("details").HasAttribute("open"));
        Assert.Equal("No such channel.", section.Find("#f-matrix-channel-error").TextContent);
    }

    [Fact]
    public void Load_Stages_BeginWithAProfileThatCanBeChanged()
    {
        var section = Open<LoadSection>();
        Radio(section, "Stages of arrivals").Change(true);
        Assert.Equal(3, section.FindAll(".stages tbody tr").Count);
        Assert.Equal("About 2\u202f500 arrivals in 20 s, at most 200/s.", section.Find(".profile figcaption").TextContent);
        section.Find("[aria-label='Remove stage 2']").Click();
        section.Find("#f-load-stages-0-rate").Input("100/s");
        Assert.Equal("About 750 arrivals in 10 s, at most 100/s.", section.Find(".profile figcaption").TextContent);
        section.FindAll(".plain-button").Single(button => button.TextContent is "Add a stage").Click();
        Assert.Equal(3, _form.Load.Stages.Count);
    }

    [Fact]
    public void Load_StageThatCannotBeRead_HasItsErrorAtItsFieldAndNoPicture()
    {
        _form.Load.Use(LoadKind.Stages);
        _form.Load.Stages[1].Rate = "fast";
        var section = Open<LoadSection>(new SpecError("/load/stages/1/rate", "'fast' is not a rate."));
        Assert.Equal("true", section.Find("#f-load-stages-1-rate").GetAttribute("aria-invalid"));
        Assert.Equal("'fast' is not a rate.", section.Find("#f-load-stages-1-rate-error").TextContent);
        Assert.Empty(section.FindAll(".profile"));
        Assert.Single(section.FindAll(".field-errors p"));
    }

    [Fact]
    public void Load_Rate_DrawsItsArrivals()
    {
        var section = Open<LoadSection>();
        Radio(section, "Arrival rate").Change(true);
        section.Find("#f-load-rate").Input("120/m");
        Assert.Equal("About 10 arrivals in 5 s.", section.Find(".profile figcaption").TextContent);
        Assert.Equal(("img", LoadKind.Rate), (section.Find(".profile svg").GetAttribute("role"), _form.Load.Kind));
    }

    [Fact]
    public void Faults_Added_CanBeChangedAndRemoved()
    {
        var section = Open<FaultsSection>();
        section.Find(".plain-button").Click();
        section.Find("#f-faults-0-kind").Change("hang");
        section.Find("#f-faults-0-worker").Input("1");
        Assert.Equal((FaultKind.Hang, "1", "50"), (_form.Faults[0].Kind, _form.Faults[0].Worker, _form.Faults[0].AtTask));
        section.Find("[aria-label='Remove fault 1']").Click();
        Assert.Empty(_form.Faults);
        // It does not close under the reader's hands.
        Assert.True(section.Find("details").HasAttribute("open"));
    }

    [Fact]
    public void Limits_StopRule_AsksForTheLeastOnlyWithABound()
    {
        var section = Open<LimitsSection>();
        Assert.Empty(section.FindAll("#f-stop-atLeast"));
        section.Find("#f-stop-relativeError").Input("2%");
        Assert.Equal("3", section.Find("#f-stop-atLeast").GetAttribute("value"));
    }

    [Fact]
    public void Workload_EachKind_ShowsItsFields()
    {
        var section = Open<WorkloadSection>();
        foreach (var (kind, field) in new[] { ("My own code", "#f-workload-code-source"), ("HTTP request", "#f-workload-http-url"), ("SQL query", "#f-workload-sql-query"), ("Command", "#f-workload-command-argv"), ("Built-in kernel", "#f-workload-kernel") })
        {
            Radio(section, kind).Change(true);
            Assert.Single(section.FindAll(field));
        }
    }

    [Fact]
    public void Parameters_OfWhatIsNoKernel_AreAskedFor()
    {
        _form.Workload.Kind = WorkloadKind.Command;
        var section = Open<WorkloadSection>();
        section.Find("#f-workload-params").Input("level: 1, 9");
        Assert.Equal("level: 1, 9", _form.Workload.Arguments);
        Assert.Contains("Write {name}", section.Markup, StringComparison.Ordinal);
        Radio(section, "Built-in kernel").Change(true);
        Assert.Empty(section.FindAll("#f-workload-params"));
    }

    [Fact]
    public void Sql_Connection_NamesTheVariableThatHoldsIt()
    {
        (_form.Workload.Kind, _form.Workload.Connection) = (WorkloadKind.Sql, "orders-db");
        Assert.Contains("BRIGADE_SQL_ORDERS_DB", Open<SqlFields>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_AnotherLanguage_BeginsWithItsExampleOnItsRuntime()
    {
        _form.Workload.Kind = WorkloadKind.Code;
        var section = Open<CodeFields>();
        Radio(section, "C#").Change(true);
        Assert.Contains("static long Task(long index)", section.Find("textarea").GetAttribute("value"), StringComparison.Ordinal);
        Assert.Equal("C# code", section.Find("textarea").GetAttribute("aria-label"));
        Assert.Equal(["dotnet"], _form.Runtimes, StringComparer.Ordinal);
        Radio(section, "Python").Change(true);
        Assert.Contains("def task(index)", section.Find("textarea").GetAttribute("value"), StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_All_AreGroupedByTheirClass()
    {
        var select = Open<KernelFields>().Find("#f-workload-kernel");
        Assert.Equal(KernelCatalogue.All.Count, select.QuerySelectorAll("optgroup option").Length);
        Assert.Contains("CPU-bound", select.QuerySelectorAll("optgroup").Select(group => group.GetAttribute("label")), StringComparer.Ordinal);
    }

    [Fact]
    public void Kernel_ParameterWithChoices_IsChosenAndSwept()
    {
        _form.Workload.UseKernel("shared.counter");
        var fields = Open<KernelFields>();
        Assert.Equal(["lock"], _form.Workload.Params["mode"].Split(", "), StringComparer.Ordinal);
        fields.FindAll("[aria-labelledby=g-param-mode] label").Single(label => label.TextContent.Trim() is "none").QuerySelector("input")!.Change(true);
        Assert.Equal(["lock", "none"], SpecFormReader.Read(_form).Spec!.Matrix.Params["mode"].Select(value => value.Text), StringComparer.Ordinal);
    }

    private static AngleSharp.Dom.IElement Radio<T>(IRenderedComponent<T> section, string name)
        where T : IComponent => section.FindAll("label.choice").Single(label => string.Equals(label.TextContent.Trim(), name, StringComparison.Ordinal)).QuerySelector("input")!;

    private IRenderedComponent<T> Open<T>(params SpecError[] errors)
        where T : FormSection
    {
        IRenderedComponent<T>? section = null;
        section = Render<T>(parameters => parameters.Add(it => it.Form, _form).AddCascadingValue(new SpecErrors(errors)).Add(it => it.OnChanged, () =>
        {
            _changes++;
            // The page renders its form again with every change.
            section!.Render(again => again.Add(it => it.Form, _form));
        }));
        return section;
    }
}
