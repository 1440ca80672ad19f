using System.Globalization;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Web.Cluster;
using Brigade.Web.Components.Shared;
using Brigade.Web.Features.Experiments.Form;
using Brigade.Web.Features.Runs.Guessing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;

namespace Brigade.Web.Features.Experiments;

/// <summary>Builds an experiment, new or stored, saves it and runs it.</summary>
public sealed partial class ExperimentPage
{
    private const int MostCopies = 99;

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);

    private readonly GuessForm _guess = new();
    private SpecDraft? _draft;
    private ExperimentRow? _row;
    private Debouncer? _debounce;
    private string? _typedYaml;
    private bool _typedForm;
    private string _preset = SpecPresets.All[0].Id;
    private IReadOnlyList<RuntimeInfo> _runtimes = [];
    private int _cores = 2;
    private bool _missing;
    private bool _busy;
    private bool _conflict;
    private bool _isLeaving;
    private Guid? _loaded;

    /// <summary>Null for a new one.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    /// <summary>The preset that a new one starts from.</summary>
    [SupplyParameterFromQuery(Name = "preset")]
    public string? PresetId { get; set; }

    /// <summary>The run whose spec a new one starts from.</summary>
    [SupplyParameterFromQuery(Name = "run")]
    public string? FromRun { get; set; }

    /// <summary>The experiment that a new one starts as a copy of.</summary>
    [SupplyParameterFromQuery(Name = "copy")]
    public string? CopyOf { get; set; }

    /// <summary>Whether the reader is asked what will win: a link with it makes a class guess.</summary>
    [SupplyParameterFromQuery(Name = "guess")]
    public string? Guess { get; set; }

    [Inject]
    private ExperimentStore Experiments { get; set; } = null!;

    [Inject]
    private RunStore Runs { get; set; } = null!;

    [Inject]
    private IControlPlane ControlPlane { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string Heading => _row is null ? "New experiment" : _row.Name;

    private bool IsChanged => _draft?.IsChanged ?? false;

    private bool IsBroken => _draft?.Spec is null;

    private List<SpecError> Elsewhere => [.. new SpecErrors(_draft!.Errors).Elsewhere(SpecFormView.Pointers)];

    protected override void OnInitialized()
    {
        _guess.IsAsked = Guess is "1" or "true";
        _debounce = new Debouncer(Time, Quiet, () => InvokeAsync(() =>
        {
            Apply();
            StateHasChanged();
        }));
    }

    protected override async Task OnParametersSetAsync()
    {
        // After the first save the address changes from "new" to the experiment's own: what is on the page stays.
        if (_draft is not null && _loaded == Id)
            return;
        await LoadAsync();
    }

    protected override ValueTask LeaveAsync()
    {
        _debounce?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task LoadAsync()
    {
        _loaded = Id;
        _conflict = false;
        await TryLoadAsync("The experiment could not be loaded.", async () =>
        {
            if (await StartingPointAsync() is { } spec)
                _draft = new SpecDraft(spec);
            else
                _missing = true;
        });
        await TryRunnersAsync();
    }

    private async Task<ExperimentSpec?> StartingPointAsync()
    {
        if (Id is { } id)
        {
            _row = await Experiments.FindAsync(id, Gone);
            return _row?.Spec;
        }

        if (Guid.TryParse(CopyOf, out var copy) && await Experiments.FindAsync(copy, Gone) is { Spec.Workload.Imported: null } original)
            return original.Spec with { Name = $"{original.Name} copy" };
        if (Guid.TryParse(FromRun, out var run) && await Runs.FindAsync(run, Gone) is { Spec.Workload.Imported: null } detail)
            return detail.Spec;
        var preset = SpecPresets.Find(PresetId ?? "") ?? SpecPresets.All[0];
        _preset = preset.Id;
        return preset.Spec;
    }

    private async Task TryRunnersAsync()
    {
        try
        {
            var machines = (await ControlPlane.RunnersAsync(Gone)).Select(runner => runner.Machine).ToList();
            _runtimes = [.. machines.SelectMany(machine => machine.Runtimes).DistinctBy(runtime => runtime.Id, StringComparer.Ordinal)];
            _cores = machines.Count > 0 ? machines.Max(machine => machine.Cores) : _cores;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The form works without: it then offers the runtimes by their plain names.
        }
    }

    private void OnFormTyped()
    {
        _typedForm = true;
        _debounce!.Touch();
    }

    private void OnYamlTyped(string text)
    {
        _typedYaml = text;
        _debounce!.Touch();
    }

    private void Apply()
    {
        _debounce!.Cancel();
        if (_typedYaml is { } yaml)
            _draft!.YamlChanged(yaml);
        else if (_typedForm)
            _draft!.FormChanged();
        _typedYaml = null;
        _typedForm = false;
    }

    private ExperimentSpec? Latest()
    {
        Apply();
        StateHasChanged();
        return _draft!.Spec;
    }

    private void DropYaml()
    {
        _typedYaml = null;
        _draft!.DropYaml();
    }

    private void DropForm()
    {
        _typedForm = false;
        _draft!.DropForm();
    }

    private async Task UsePresetAsync(string id)
    {
        Apply();
        if (SpecPresets.Find(id) is not { } preset)
            return;
        // The list follows the choice while it is asked about, so that it can go back where the answer is no.
        var before = _preset;
        _preset = id;
        if (IsChanged && !await Confirm.AskAsync(Dialogs, "Start over from this preset?", "What you changed in this form is replaced.", "Start over"))
        {
            _preset = before;
            return;
        }

        _draft!.Replace(preset.Spec);
        _draft.MarkSaved();
    }

    private async Task RunAsync()
    {
        Apply();
        if (_draft!.Spec is not { } spec)
            return;
        // A new experiment's run holds all that was typed; beside a stored one it is easily taken for saved.
        if (_row is not null && IsChanged && !await Confirm.AskAsync(Dialogs, "Run without saving?",
            $"The run takes what you changed; “{_row.Name}” stays as it was saved last. The run's page can make a new experiment of it.", "Run without saving", "Stay"))
        {
            return;
        }

        await BusyAsync("The run could not be started.", () => StartAsync(spec, IsChanged ? null : _row?.Id));
    }

    private async Task SaveAsync(bool thenRun)
    {
        Apply();
        if (_draft!.Spec is not { } spec)
            return;
        await BusyAsync("The experiment could not be saved.", async () =>
        {
            var saved = _row is null ? await Experiments.CreateAsync(spec, Gone) : await Experiments.UpdateAsync(_row.Id, spec, _row.Version, Gone);
            _conflict = saved is null;
            if (saved is null)
                return;
            Adopt(saved, replace: true);
            if (thenRun)
                await StartAsync(spec, saved.Id);
            else
                Snackbar.Add("Saved.", Severity.Success);
        });
    }

    private async Task SaveAsNewAsync()
    {
        Apply();
        if (_draft!.Spec is not { } spec)
            return;
        await BusyAsync("The experiment could not be saved.", async () =>
        {
            var saved = await CreateUnderAFreeNameAsync(spec);
            if (!string.Equals(saved.Name, spec.Name, StringComparison.Ordinal))
                _draft.Replace(saved.Spec);
            _conflict = false;
            Adopt(saved, replace: false);
            Snackbar.Add($"Saved as “{saved.Name}”.", Severity.Success);
        });
    }

    private async Task<ExperimentRow> CreateUnderAFreeNameAsync(ExperimentSpec spec)
    {
        for (var copy = 0; ; copy++)
        {
            try
            {
                return await Experiments.CreateAsync(copy == 0 ? spec : spec with { Name = copy == 1 ? $"{spec.Name} copy" : string.Create(CultureInfo.InvariantCulture, $"{spec.Name} copy {copy}") }, Gone);
            }
            catch (DuplicateNameException) when (copy < MostCopies)
            {
                // The next one may be free.
            }
        }
    }

    // What was saved is what the page edits from now on, under its own address.
    private void Adopt(ExperimentRow saved, bool replace)
    {
        _row = saved;
        _draft!.MarkSaved();
        if (saved.Id == Id)
            return;
        _loaded = saved.Id;
        Navigation.NavigateTo($"/experiments/{saved.Id}", replace: replace);
    }

    private async Task StartAsync(ExperimentSpec spec, Guid? experiment)
    {
        if (!_guess.IsSettled())
            return;
        var run = await ControlPlane.SubmitAsync(spec, experiment, Gone);
        if (_guess.Read(spec) is { } guess)
            await Runs.GuessAsync(run.Id, GuessReading.Write(guess), Gone);
        OpenRun(run);
    }

    // The reader asked for the run: no question whether to leave, and the draft does not count as saved.
    private void OpenRun(RunRow run)
    {
        _isLeaving = true;
        Navigation.NavigateTo($"/runs/{run.Id}");
    }

    private async Task BusyAsync(string problem, Func<Task> action)
    {
        if (_busy)
            return;
        _busy = true;
        try
        {
            await TryAsync(problem, action);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task GuardAsync(LocationChangingContext context)
    {
        Apply();
        if (!_isLeaving && IsChanged && !await Confirm.AskAsync(Dialogs, "Leave without saving?", "What you changed in this experiment is lost.", "Leave", "Stay"))
            context.PreventNavigation();
    }
}
