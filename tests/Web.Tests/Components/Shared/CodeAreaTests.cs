using Brigade.Web.Components.Shared;
using Bunit;

namespace Brigade.Web.Tests.Components.Shared;

public sealed class CodeAreaTests : BunitContext
{
    private readonly BunitJSModuleInterop _editor;

    public CodeAreaTests()
    {
        _editor = JSInterop.SetupModule("/dist/editor.js").SetupModule("attach", _ => true);
        _editor.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Input_Typed_IsHandedOnAtEachKey()
    {
        var typed = "";
        Render<CodeArea>(parameters => parameters.Add(area => area.Label, "Code").Add(area => area.ValueChanged, text => typed = text)).Find("textarea").Input("def");
        Assert.Equal("def", typed);
    }

    [Fact]
    public void Marks_Given_MarkTheirLinesOnceAndTheAreaAsWrong()
    {
        var area = Open();
        Assert.Null(area.Find("textarea").GetAttribute("aria-invalid"));
        area.Render(parameters => parameters.Add(it => it.Marks, [new LineMark(3, "no")]));
        area.Render(parameters => parameters.Add(it => it.Marks, [new LineMark(3, "no")]));
        Assert.Equal("true", area.Find("textarea").GetAttribute("aria-invalid"));
        Assert.Equal([new LineMark(3, "no")], (IReadOnlyList<LineMark>)Assert.Single(_editor.Invocations["mark"]).Arguments[0]!);
    }

    [Fact]
    public void Value_Replaced_IsTakenOverByTheEditor()
    {
        var area = Open();
        var before = _editor.Invocations["redraw"].Count;
        area.Render(parameters => parameters.Add(it => it.Value, "one\ntwo"));
        Assert.Equal(before + 1, _editor.Invocations["redraw"].Count);
    }

    [Fact]
    public async Task GoTo_Place_PutsTheCursorThere()
    {
        var area = Open();
        await area.InvokeAsync(() => area.Instance.GoToAsync(4, 2));
        Assert.Equal([4, 2], Assert.Single(_editor.Invocations["goTo"]).Arguments);
    }

    [Fact]
    public void ReadOnly_Set_CanBeReadNotChanged() => Assert.True(Render<CodeArea>(parameters => parameters.Add(area => area.Label, "Code").Add(area => area.ReadOnly, true)).Find("textarea").HasAttribute("readonly"));

    [Fact]
    public void Marks_OfWarningsOnly_DoNotMakeItWrong()
    {
        var area = Open();
        area.Render(parameters => parameters.Add(it => it.Marks, [new LineMark(3, "mind", 5, "warning")]));
        Assert.Null(area.Find("textarea").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void Language_Given_IsHandedToTheEditor()
    {
        Render<CodeArea>(parameters => parameters.Add(area => area.Label, "Code").Add(area => area.Language, "csharp").Add(area => area.Indent, 4));
        Assert.Contains("csharp", System.Text.Json.JsonSerializer.Serialize(Assert.Single(JSInterop.Invocations["attach"]).Arguments[2]), StringComparison.Ordinal);
    }

    private IRenderedComponent<CodeArea> Open() => Render<CodeArea>(parameters => parameters.Add(area => area.Label, "Code").Add(area => area.Value, "one"));
}
