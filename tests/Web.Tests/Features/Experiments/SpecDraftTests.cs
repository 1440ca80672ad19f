using Brigade.Web.Features.Experiments;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Experiments;

public sealed class SpecDraftTests
{
    private readonly SpecDraft _draft = new(Given.Spec());

    [Fact]
    public void FormChanged_Readable_UpdatesTheYaml()
    {
        _draft.Form.Repeat = "5";
        _draft.FormChanged();
        Assert.Contains("repeat: 5", _draft.Yaml, StringComparison.Ordinal);
        Assert.Equal(5, _draft.Spec!.Repeat);
        Assert.True(_draft.IsChanged);
    }

    [Fact]
    public void YamlChanged_Valid_UpdatesTheForm()
    {
        _draft.YamlChanged(_draft.Yaml.Replace("name: primes", "name: other", StringComparison.Ordinal));
        Assert.Equal("other", _draft.Form.Name);
        Assert.False(_draft.IsYamlBroken);
    }

    [Fact]
    public void YamlChanged_CodeInAFile_IsRefusedAsTheRunnerWould()
    {
        _draft.YamlChanged("version: 1\nname: a\nworkload:\n  code:\n    language: python\n    file: work.py\n");
        Assert.Equal("/workload/code/file", Assert.Single(_draft.Errors).Pointer);
    }

    [Fact]
    public void YamlChanged_Broken_KeepsTheFormAndTheText()
    {
        _draft.YamlChanged("name: [");
        Assert.True(_draft.IsYamlBroken);
        Assert.Null(_draft.Spec);
        Assert.Equal(("primes", "name: ["), (_draft.Form.Name, _draft.Yaml));
        Assert.True(Assert.Single(_draft.Errors).Line > 0);
    }

    [Fact]
    public void DropYaml_AfterABrokenOne_GoesBackToTheForm()
    {
        _draft.YamlChanged("name: [");
        _draft.DropYaml();
        Assert.False(_draft.IsYamlBroken);
        Assert.Equal("primes", _draft.Spec!.Name);
        Assert.Contains("name: primes", _draft.Yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void FormChanged_Unreadable_KeepsTheYaml()
    {
        var yaml = _draft.Yaml;
        _draft.Form.Workers = "x";
        _draft.FormChanged();
        Assert.True(_draft.IsFormBroken);
        Assert.Equal(yaml, _draft.Yaml);
        Assert.Null(_draft.Spec);
    }

    [Fact]
    public void FormChanged_ReadableButInvalid_ShowsTheErrorInBoth()
    {
        _draft.Form.Repeat = "0";
        _draft.FormChanged();
        var error = Assert.Single(_draft.Errors);
        Assert.Equal("/repeat", error.Pointer);
        Assert.True(error.Line > 0);
        Assert.False(_draft.IsYamlBroken);
    }

    [Fact]
    public void YamlChanged_FormIsUnreadable_KeepsWhatWasTypedThere()
    {
        _draft.Form.Workers = "1, x";
        _draft.FormChanged();
        _draft.YamlChanged(_draft.Yaml.Replace("name: primes", "name: other", StringComparison.Ordinal));
        Assert.Equal("1, x", _draft.Form.Workers);
        Assert.True(_draft.IsFormBroken);
        Assert.Contains("name: primes", _draft.Yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void DropForm_AfterAnUnreadableOne_GoesBackToTheYaml()
    {
        _draft.Form.Name = "other";
        _draft.FormChanged();
        _draft.Form.Workers = "1, x";
        _draft.FormChanged();
        _draft.DropForm();
        Assert.Equal(("other", "1"), (_draft.Form.Name, _draft.Form.Workers));
        Assert.Equal("other", _draft.Spec!.Name);
        Assert.False(_draft.IsFormBroken);
    }

    [Fact]
    public void MarkSaved_AfterAChange_CountsAsUnchanged()
    {
        _draft.Form.Repeat = "5";
        _draft.FormChanged();
        _draft.MarkSaved();
        Assert.False(_draft.IsChanged);
    }
}
