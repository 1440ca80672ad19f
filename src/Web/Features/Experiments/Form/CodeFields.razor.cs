using Brigade.Contracts.Messages;
using Brigade.Contracts.Spec;
using Brigade.Data.Errors;
using Brigade.Web.Cluster;
using Brigade.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Features.Experiments.Form;

/// <summary>The user's own code: an editor whose text a runner looks at while it is typed.</summary>
public sealed partial class CodeFields
{
    private const int MostProblems = 8;

    private static readonly string[] Languages = [.. RuntimeCatalogue.All.Select(kind => kind.CodeLanguage).OrderBy(language => language is "python" ? 0 : 1).ThenBy(language => language, StringComparer.Ordinal)];

    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(700);

    /// <summary>A runner that measures looks at no code: it is asked again until it has time.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _gone = new();
    private CodeArea? _area;
    private Debouncer? _debounce;
    private CodeCheckReply? _checked;

    [Inject]
    private IControlPlane ControlPlane { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private WorkloadForm Work => Form.Workload;

    private IReadOnlyList<LineMark> Marks => _checked is null ? [] : [.. _checked.Problems.Select(problem => new LineMark(problem.Line, problem.Message, problem.Column, problem.Severity))];

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
        _debounce?.Dispose();
    }

    protected override void OnInitialized() => _debounce = new Debouncer(Time, Quiet, () => InvokeAsync(CheckAsync));

    private Task TypedAsync(string text)
    {
        Work.Source = text;
        _debounce!.Touch();
        return Changed();
    }

    private Task UseAsync(string language)
    {
        Work.Language = language;
        Form.FitRuntimes();
        _checked = null;
        _debounce!.Cancel();
        return Changed();
    }

    private async Task CheckAsync()
    {
        var (language, source) = (Work.Language, Work.Source);
        CodeCheckReply reply;
        try
        {
            reply = await ControlPlane.CheckCodeAsync(new CodeCheckRequest(language, "", source, Runtime()), _gone.Token);
        }
        catch (NotAllowedException)
        {
            return;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The check is a help; without it the run tells.
            reply = new CodeCheckReply([], "the runner does not answer.");
        }

        // What was typed meanwhile gets an answer of its own.
        if (_gone.IsCancellationRequested || !string.Equals(source, Work.Source, StringComparison.Ordinal) || !string.Equals(language, Work.Language, StringComparison.Ordinal))
            return;
        _checked = reply;
        StateHasChanged();
        if (reply.Failure.Length > 0)
            _ = AskAgainAsync(source);
    }

    private async Task AskAgainAsync(string source)
    {
        try
        {
            await Task.Delay(Again, Time, _gone.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (string.Equals(source, Work.Source, StringComparison.Ordinal))
            await InvokeAsync(CheckAsync);
    }

    // Of several versions the first one is asked: its rules count for it.
    private string Runtime() => Form.Runtimes.Count > 0 ? Form.Runtimes[0] : "";

    private Task GoToAsync(CodeProblem problem) => _area?.GoToAsync(problem.Line, problem.Column) ?? Task.CompletedTask;
}
