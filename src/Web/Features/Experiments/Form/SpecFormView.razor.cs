using System.Globalization;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Experiments;

/// <summary>A draft's form.</summary>
public sealed partial class SpecFormView
{
    private static readonly string[] More = ["/matrix/channel", "/matrix/startMethod", "/matrix/payloadBytes", "/limits", "/order", "/seed", "/tags", "/thresholds"];

    /// <summary>Values that the form shows; errors elsewhere are listed beside it.</summary>
    public static readonly IReadOnlyList<string> Pointers =
        ["/name", "/workload/kernel", "/workload/params", "/workload/code", "/matrix/runtime", "/matrix/strategy", "/matrix/workers", "/matrix/chunkSize", "/matrix/params", "/load", "/warmup", "/repeat", .. More];

    private SpecErrors _errors = SpecErrors.None;

    [Parameter, EditorRequired]
    public SpecDraft Draft { get; set; } = null!;

    /// <summary>What connected runners found.</summary>
    [Parameter]
    public IReadOnlyList<RuntimeInfo> Runtimes { get; set; } = [];

    /// <summary>Something was typed or chosen.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    private SpecForm Form => Draft.Form;

    private bool HasMore => More.Any(pointer => _errors.At(pointer).Any()) || Form.Channels is not [Channel.Pipe] || Form.StartMethods.Count > 0 || Form.Thresholds.Length > 0;

    private IReadOnlyList<RuntimeChoice> RuntimeChoices
    {
        get
        {
            var choices = new List<RuntimeChoice>
            {
                new("python", Runtimes.FirstOrDefault(runtime => runtime is { Language: "python", IsDefault: true }) is { } python ? python.Version : "", "The runner's default Python interpreter"),
                new("dotnet", Runtimes.FirstOrDefault(runtime => runtime.Language is "dotnet")?.Version ?? "", "The runner's .NET"),
            };
            choices.AddRange(Runtimes.Where(runtime => runtime.Id is not "dotnet").Select(runtime => new RuntimeChoice(runtime.Id, runtime.Gil is false ? "no GIL" : "", runtime.Path)));
            choices.AddRange(Form.Runtimes.Where(id => choices.TrueForAll(choice => !string.Equals(choice.Id, id, StringComparison.Ordinal))).ToList()
                .Select(id => new RuntimeChoice(id, Runtimes.Count > 0 ? "not found" : "", "No connected runner has it")));
            return choices;
        }
    }

    // What is wrong with YAML that cannot be used says nothing of the values that the form still shows.
    protected override void OnParametersSet() => _errors = Draft.IsYamlBroken ? SpecErrors.None : new SpecErrors(Draft.Errors);

    private static string Describe(KernelParameter parameter) => parameter.IsText
        ? Capital(parameter.Description)
        : string.Create(CultureInfo.InvariantCulture, $"{Capital(parameter.Description)}, {Numbers.Count((long)parameter.Minimum)} to {Numbers.Count((long)parameter.Maximum)}. Several with commas are swept.");

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private string ParameterPointer(string name) => _errors.At($"/matrix/params/{name}").Any() ? $"/matrix/params/{name}" : $"/workload/params/{name}";

    private string? Invalid(string pointer) => _errors.At(pointer).Any() ? "true" : null;

    // What is wrong comes first, then the help that is always there.
    private string? Described(string pointer, string? help = null) => Invalid(pointer) is null ? help : help is null ? FieldErrors.IdOf(pointer) : $"{FieldErrors.IdOf(pointer)} {help}";

    private void Changed() => _ = OnChanged.InvokeAsync();

    private void UseKind(WorkloadKind kind)
    {
        Form.Kind = kind;
        // Python code runs on Python only.
        if (kind == WorkloadKind.Code)
            Form.Runtimes = [.. Form.Runtimes.Where(RuntimeNames.IsPython).DefaultIfEmpty(RuntimeNames.Python)];

        Changed();
    }

    private void UseKernel(string kernel)
    {
        Form.UseKernel(kernel);
        Changed();
    }

    private void SetParam(string name, string value)
    {
        Form.Params[name] = value;
        Changed();
    }

    private void ToggleRuntime(string id, bool isOn)
    {
        Form.Runtimes = SpecForm.Toggled(Form.Runtimes, id, isOn, [.. RuntimeChoices.Select(choice => choice.Id)]);
        Changed();
    }

    private void ToggleStrategy(Strategy strategy, bool isOn)
    {
        Form.Strategies = SpecForm.Toggled(Form.Strategies, strategy, isOn, Enum.GetValues<Strategy>());
        Changed();
    }

    private void ToggleChannel(Channel channel, bool isOn)
    {
        Form.Channels = SpecForm.Toggled(Form.Channels, channel, isOn, Enum.GetValues<Channel>());
        Changed();
    }

    private void ToggleStart(StartMethod method, bool isOn)
    {
        Form.StartMethods = SpecForm.Toggled(Form.StartMethods, method, isOn, Enum.GetValues<StartMethod>());
        Changed();
    }

    private void UseOrder(string order)
    {
        Form.Order = order is "listed" ? TrialOrder.Listed : TrialOrder.Interleaved;
        Changed();
    }

    private sealed record RuntimeChoice(string Id, string Detail, string Hint);
}
