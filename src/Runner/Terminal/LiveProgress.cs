using System.Globalization;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runs;
using Spectre.Console;

namespace Brigade.Runner.Terminal;

/// <summary>Progress as a live display: a bar for the run and one for the present trial, and a line above for each trial that ended.</summary>
internal sealed class LiveProgress(IAnsiConsole console, ExperimentSpec spec) : IRunOutput
{
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _display = Task.CompletedTask;
    private ProgressTask? _run;
    private ProgressTask? _trial;
    private ProgressLines? _lines;
    private long _tasks;

    public async ValueTask WriteAsync(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunStarted started:
                _lines = new ProgressLines(spec, started);
                foreach (var line in _lines.Head())
                {
                    console.WriteLine(line);
                }

                await StartDisplayAsync();
                break;
            case TrialStarted started when _trial is not null:
                _tasks = 0;
                _trial.Value = 0;
                Describe(started.Trial, "starting");
                break;
            case TrialMeasuring measuring:
                Describe(measuring.Trial, "measuring");
                break;
            case FrameRecorded { Frame: var frame }:
                Show(frame);
                break;
            case TrialEnded ended when _lines is not null:
                if (_lines.Line(ended) is { } text)
                {
                    console.WriteLine(text);
                }

                if (_run is not null)
                {
                    _run.Value = _lines.Done(ended, _run.Value);
                }

                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _finished.TrySetResult();
        await _display;
    }

    private async Task StartDisplayAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _display = console.Progress()
            .AutoClear(enabled: true)
            .HideCompleted(enabled: false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                _run = context.AddTask(spec.Search is null ? "all trials" : "search", maxValue: _lines!.Total);
                _trial = context.AddTask("trial", maxValue: 1);
                ready.SetResult();
                await _finished.Task;
            });
        await Task.WhenAny(ready.Task, _display);
    }

    private void Show(Frame frame)
    {
        _tasks += frame.Tasks;
        if (_trial is null)
        {
            return;
        }

        _trial.Value = Math.Min(1, spec.Load.Tasks is { } tasks ? _tasks / (double)tasks
            : (spec.Load.Duration ?? TimeSpan.FromTicks(spec.Load.Stages.Sum(stage => stage.For.Ticks))) is { Ticks: > 0 } duration ? ((frame.Number * (double)Frame.LengthMs) + frame.DurationMs) / duration.TotalMilliseconds : 0);
        var cpu = (frame.CpuUserMs + frame.CpuSystemMs) / Math.Max(1, frame.DurationMs) * 100;
        Describe(frame.Trial, string.Create(CultureInfo.InvariantCulture, $"{TrialText.Rate(frame.Tasks / frame.DurationMs * 1000)}, p99 {TrialText.Milliseconds(frame.P99Ms)}, CPU {cpu:0} %"));
    }

    private void Describe(int trial, string text)
    {
        if (_lines is { Plan: { } plan } && _trial is not null)
        {
            var cell = plan.Cells[plan.Trials[trial].Cell];
            _trial.Description = Markup.Escape($"{TrialText.Cell(cell, cell.Runtime)}: {text}");
        }
    }
}
