using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Runner.Code;
using Brigade.Runner.Code.CSharp;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Sandbox;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Agent;

/// <summary>
/// Answers what a person who writes code asks: is it good, and what does one task do? Never while a run is measured, which that would disturb. The
/// compiler stays for a while, because the next question follows as soon as a line was changed.
/// </summary>
internal sealed class CodeAnswers : IAsyncDisposable
{
    private const string Measuring = "This runner measures a run, which that would disturb; ask again when the run has ended.";

    private static readonly TimeSpan CompilerStays = TimeSpan.FromMinutes(1);

    private readonly Func<bool> _isMeasuring;
    private readonly CompilerProcess _compiler;
    private readonly ITimer _idle;
    private readonly CodeChecker _checker;
    private readonly TaskTrier _trier;
    private readonly SemaphoreSlim _oneTry = new(1, 1);

    public CodeAnswers(Func<IReadOnlyList<RuntimeInfo>, ITrialHosts> hosts, Func<bool> isMeasuring, TimeProvider time)
    {
        _isMeasuring = isMeasuring;
        _compiler = new CompilerProcess(time);
        _idle = time.CreateTimer(_ => _ = _compiler.DisposeAsync().AsTask(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _checker = new CodeChecker(FindAsync, _compiler, time);
        _trier = new TaskTrier(FindAsync, time, policy: SandboxPolicy.Agent);

        async Task<ITrialHosts> FindAsync(CancellationToken cancellation) => hosts(await RuntimeFinder.FindAsync(cancellation));
    }

    /// <inheritdoc cref="IRunnerClient.CheckCode"/>
    public async Task<CodeCheckReply> CheckAsync(CodeCheckRequest request, CancellationToken cancellation)
    {
        if (_isMeasuring())
        {
            return new CodeCheckReply([], Measuring);
        }

        try
        {
            return await _checker.CheckAsync(request, cancellation);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new CodeCheckReply([], Unexpected(exception));
        }
        finally
        {
            _idle.Change(CompilerStays, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc cref="IRunnerClient.TryTask"/>
    public async Task<TryReply> TryAsync(TryRequest request, CancellationToken cancellation)
    {
        if (_isMeasuring())
        {
            return TryReply.Refused(Measuring);
        }

        try
        {
            await _oneTry.WaitAsync(cancellation);
            try
            {
                return await _trier.TryAsync(request, cancellation);
            }
            finally
            {
                _oneTry.Release();
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return TryReply.Refused(Unexpected(exception));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _idle.DisposeAsync();
        await _compiler.DisposeAsync();
        _oneTry.Dispose();
    }

    private static string Unexpected(Exception exception) =>
        exception is OperationCanceledException ? "The runner is stopping." : $"The runner met an unexpected error: {exception.GetType().Name}: {exception.Message}";
}
