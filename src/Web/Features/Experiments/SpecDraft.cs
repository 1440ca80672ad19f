using Brigade.Contracts.Spec;
using Brigade.Web.Features.Experiments.Form;

namespace Brigade.Web.Features.Experiments;

/// <summary>
/// An experiment while it is edited, as a form and as YAML. Either updates the other as soon as it can be read; until
/// then the other one keeps its last state and is locked, so that nothing that was typed is lost.
/// </summary>
public sealed class SpecDraft
{
    private string _saved;
    private ExperimentSpec _readable;

    public SpecDraft(ExperimentSpec spec)
    {
        _readable = spec;
        Form = SpecForm.From(spec);
        Yaml = SpecWriter.ToYaml(spec);
        _saved = Yaml;
        Check();
    }

    public SpecForm Form { get; private set; }

    public string Yaml { get; private set; }

    /// <summary>The spec where it is valid, else null.</summary>
    public ExperimentSpec? Spec { get; private set; }

    /// <summary>With lines and columns where they belong to the YAML as it stands.</summary>
    public IReadOnlyList<SpecError> Errors { get; private set; } = [];

    /// <summary>The YAML was typed and cannot be used: the form shows the state before, and is locked until the YAML is mended or dropped.</summary>
    public bool IsYamlBroken { get; private set; }

    /// <summary>The form holds something unreadable: the YAML shows the state before, and is locked until the form is mended or dropped.</summary>
    public bool IsFormBroken { get; private set; }

    public bool IsChanged => IsYamlBroken || IsFormBroken || !string.Equals(Yaml, _saved, StringComparison.Ordinal);

    /// <summary>Something in <see cref="Form"/> was changed.</summary>
    public void FormChanged()
    {
        var reading = SpecFormReader.Read(Form);
        IsFormBroken = reading.Spec is null;
        if (reading.Spec is null)
        {
            Spec = null;
            Errors = reading.Errors;
            return;
        }

        IsYamlBroken = false;
        _readable = reading.Spec;
        Yaml = SpecWriter.ToYaml(reading.Spec);
        Check();
    }

    /// <summary>The YAML was edited; nothing happens while it is locked.</summary>
    public void YamlChanged(string text)
    {
        if (IsFormBroken)
            return;
        Yaml = text;
        Check();
        IsYamlBroken = Spec is null;
        if (Spec is not null)
            (Form, _readable) = (SpecForm.From(Spec, Form), Spec);
    }

    /// <summary>Goes back from YAML that cannot be read to what the form shows.</summary>
    public void DropYaml()
    {
        IsYamlBroken = false;
        FormChanged();
    }

    /// <summary>Goes back from a form that cannot be read to what the YAML shows.</summary>
    public void DropForm()
    {
        IsFormBroken = false;
        Form = SpecForm.From(_readable, Form);
        Check();
    }

    /// <summary>Replaces everything, for example by a preset.</summary>
    public void Replace(ExperimentSpec spec)
    {
        IsYamlBroken = IsFormBroken = false;
        _readable = spec;
        Form = SpecForm.From(spec);
        Yaml = SpecWriter.ToYaml(spec);
        Check();
    }

    /// <summary>What is there now counts as unchanged.</summary>
    public void MarkSaved() => _saved = Yaml;

    private void Check()
    {
        var reading = SpecReader.Read(Yaml, SpecFormat.Yaml, SpecOrigin.Request);
        Spec = reading.Spec;
        Errors = reading.Errors;
    }
}
