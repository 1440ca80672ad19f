using Brigade.Data.Errors;
using Microsoft.AspNetCore.Components;

namespace Brigade.Web.Components.Shared;

/// <summary>What every page has: a token that ends with it, and one way to show that something could not be done.</summary>
public abstract class PageBase : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();

    protected PageBase() => Gone = _gone.Token;

    [Inject]
    private ILoggerFactory Loggers { get; set; } = null!;

    /// <summary>Cancelled when the reader has left the page. It can be asked for ever after, where its source cannot.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>What the reader asked for and could not be done; it stays until something else is asked for.</summary>
    protected string? Problem { get; private set; }

    /// <summary>What the page shows could not be loaded; gone once it was.</summary>
    protected string? LoadProblem { get; private set; }

    /// <summary>Does what the reader asked for and may fail: the reader reads <paramref name="problem"/>, the log has the rest. Answers whether it went well.</summary>
    protected async Task<bool> TryAsync(string problem, Func<Task> action)
    {
        Problem = null;
        var (isDone, failure) = await AttemptAsync(problem, action);
        Problem = failure;
        return isDone;
    }

    /// <summary>The same for what the page loads by itself: it does not touch <see cref="Problem"/>.</summary>
    protected async Task<bool> TryLoadAsync(string problem, Func<Task> action)
    {
        var (isDone, failure) = await AttemptAsync(problem, action);
        LoadProblem = failure;
        return isDone;
    }

    private async Task<(bool IsDone, string? Problem)> AttemptAsync(string problem, Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        try
        {
            await action();
            return (true, null);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            return (false, null);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Some say themselves what is wrong and how to mend it, and are no fault of the program.
            var isForReader = exception is DuplicateNameException or ImportNameException or UnknownExperimentException or BaselineRefusedException or StorageFullException or DatabaseUnavailableException or NotAllowedException or RefusedException or QuotaExceededException or CommentRefusedException;
            if (!isForReader)
                Loggers.CreateLogger(GetType()).LogError(exception, "{Problem}", problem);
            return (false, isForReader ? $"{problem} {exception.Message}" : problem);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await LeaveAsync();
        _gone.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Does something again and again, and shows what came of it, until the reader leaves.</summary>
    protected async Task EveryAsync(TimeSpan period, TimeProvider time, Func<Task> action)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(Gone))
            {
                await InvokeAsync(async () =>
                {
                    await action();
                    StateHasChanged();
                });
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The reader left the page.
        }
    }

    /// <summary>Lets go of what the page holds.</summary>
    protected virtual ValueTask LeaveAsync() => ValueTask.CompletedTask;
}
