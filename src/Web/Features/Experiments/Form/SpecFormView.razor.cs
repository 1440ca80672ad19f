using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Experiments.Form;

/// <summary>A draft's form.</summary>
public sealed partial class SpecFormView
{
    private static readonly string[] More = ["/order", "/seed", "/tags", "/thresholds"];

    /// <summary>Values that the form shows; errors elsewhere are listed beside it.</summary>
    public static readonly IReadOnlyList<string> Pointers =
    [
        "/name", "/workload/kernel", "/workload/params", "/workload/code", "/workload/http", "/workload/sql", "/workload/command",
        "/matrix/runtime", "/matrix/strategy", "/matrix/workers", "/matrix/channel", "/matrix/startMethod", "/matrix/chunkSize", "/matrix/payloadBytes", "/matrix/params",
        "/search", "/load", "/warmup", "/repeat", "/stop", "/abort", "/limits", "/faults", .. More,
    ];

    private static readonly IReadOnlyList<Choice<Strategy>> Strategies =
        [.. Enum.GetValues<Strategy>().Select(strategy => new Choice<Strategy>(strategy, Words.Of(strategy), Hint: Words.Explain(strategy), Series: Words.Of(strategy)))];

    private SpecErrors _errors = SpecErrors.None;

    [Parameter, EditorRequired]
    public SpecDraft Draft { get; set; } = null!;

    /// <summary>What connected runners found.</summary>
    [Parameter]
    public IReadOnlyList<RuntimeInfo> Runtimes { get; set; } = [];

    /// <summary>Something was typed or chosen.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>The experiment with what was just typed; null where it cannot be read.</summary>
    [Parameter]
    public Func<ExperimentSpec?>? Latest { get; set; }

    private SpecForm Form => Draft.Form;

    private bool HasMore => More.Any(pointer => _errors.At(pointer).Any()) || Form.Thresholds.Length > 0 || Form.Tags.Length > 0;

    private string? OpenHelp => Form.IsSearch ? "None chosen: all that make sense." : null;

    private string OrderNow => Form.IsSearch ? "" : Form.Order == TrialOrder.Listed ? "listed order" : "interleaved order";

    private IReadOnlyList<Choice<string>> RuntimeChoices
    {
        get
        {
            var choices = new List<Choice<string>>
            {
                new("python", "python", Runtimes.FirstOrDefault(runtime => runtime is { Language: "python", IsDefault: true }) is { } python ? python.Version : "", "The runner's default Python interpreter"),
                new("dotnet", "dotnet", Runtimes.FirstOrDefault(runtime => runtime.Language is "dotnet")?.Version ?? "", "The runner's .NET"),
                new("node", "node", Runtimes.FirstOrDefault(runtime => runtime is { Language: "node", IsDefault: true })?.Version ?? "", "The runner's default Node.js"),
            };
            choices.AddRange(Runtimes.Where(runtime => choices.TrueForAll(choice => !string.Equals(choice.Value, runtime.Id, StringComparison.Ordinal))).ToList().Select(runtime => new Choice<string>(runtime.Id, runtime.Id, runtime.Gil is false ? "no GIL" : "", runtime.Path)));
            choices.AddRange(Form.Runtimes.Where(id => choices.TrueForAll(choice => !string.Equals(choice.Value, id, StringComparison.Ordinal))).ToList()
                .Select(id => new Choice<string>(id, id, Runtimes.Count > 0 ? "not found" : "", "No connected runner has it")));
            return choices;
        }
    }

    // What is wrong with YAML that cannot be used says nothing of the values that the form still shows.
    protected override void OnParametersSet() => _errors = Draft.IsYamlBroken ? SpecErrors.None : new SpecErrors(Draft.Errors);

    private void Changed() => _ = OnChanged.InvokeAsync();

    private void UseOrder(string order)
    {
        Form.Order = order is "listed" ? TrialOrder.Listed : TrialOrder.Interleaved;
        Changed();
    }
}
