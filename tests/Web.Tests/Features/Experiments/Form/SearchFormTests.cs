using Brigade.Contracts.Spec;
using Brigade.Web.Features.Experiments;
using Brigade.Web.Features.Experiments.Form;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Experiments.Form;

public sealed class SearchFormTests
{
    [Fact]
    public void UseSearch_On_OpensEveryListAndLeavesTheSearchToDecide()
    {
        var draft = new SpecDraft(Given.Spec() with { Load = new LoadSpec { Rate = 5, Duration = TimeSpan.FromSeconds(1) }, Stop = new StopSpec { RelativeError = 0.1, AtLeast = 2 } });
        draft.Form.UseSearch(true);
        draft.Form.Budget = "30s";
        draft.FormChanged();

        Assert.Empty(draft.Errors);
        Assert.Equal((TimeSpan.FromSeconds(30), 200, 3), (draft.Spec!.Search!.Budget, draft.Spec.Load.Tasks, draft.Spec.Repeat));
        Assert.Empty(draft.Spec.Matrix.Strategy);
        Assert.Empty(draft.Spec.Matrix.Workers);
        Assert.Contains("search: {budget: 30s}", draft.Yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void UseSearch_Off_FillsTheListsAgain()
    {
        var draft = new SpecDraft(SpecPresets.Find("advise")!.Spec);
        draft.Form.UseSearch(false);
        draft.FormChanged();

        Assert.Empty(draft.Errors);
        Assert.Null(draft.Spec!.Search);
        Assert.Equal([1, 2], draft.Spec.Matrix.Workers);
        Assert.Equal(5, draft.Spec.Matrix.Strategy.Count);
    }

    [Fact]
    public void Yaml_SearchTyped_ChangesTheForm()
    {
        var draft = new SpecDraft(Given.Spec());

        draft.YamlChanged("version: 1\nname: a\nworkload: { kernel: noop }\nmatrix: { workers: [2, 8] }\nsearch: { budget: 2m, difference: 5% }\n");

        Assert.Equal((true, "2m", "5%", "2, 8", ""), (draft.Form.IsSearch, draft.Form.Budget, draft.Form.Difference, draft.Form.Workers, draft.Form.ChunkSizes));
        draft.FormChanged();
        Assert.Empty(draft.Errors);
        Assert.Equal(0.05, draft.Spec!.Search!.Difference);
    }

    [Theory]
    [InlineData("soon", "3%", "/search/budget")]
    [InlineData("60s", "little", "/search/difference")]
    public void Read_Unreadable_NamesTheField(string budget, string difference, string pointer)
    {
        var form = SpecForm.From(SpecPresets.Find("advise")!.Spec);
        (form.Budget, form.Difference) = (budget, difference);

        Assert.Equal(pointer, Assert.Single(SpecFormReader.Read(form).Errors).Pointer);
    }
}
