using System.ComponentModel;
using System.Diagnostics;
using Brigade.Web.Access;
using Brigade.Web.Hosting;
using Microsoft.Extensions.Options;

namespace Brigade.Web.Runners;

/// <summary>
/// Keeps this machine's own runner alive: starts it as a child process once the server listens, starts it again when it dies, and ends it with the server.
/// The runner ends by itself when its standard input does, so none is left behind even when this process is killed.
/// </summary>
internal sealed class EmbeddedRunner(
    IServiceProvider services, IHostApplicationLifetime lifetime, AccessTokens tokens, DataDirectory data, IOptions<EmbeddedRunnerOptions> options, TimeProvider time, ILogger<EmbeddedRunner> logger)
    : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan EndWithin = TimeSpan.FromMilliseconds(1_500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The server's own end comes before the services are stopped; the runner ends beside it.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            if (await StartedAsync(stopping.Token))
                await SuperviseAsync(stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task SuperviseAsync(CancellationToken stopping)
    {
        var pause = options.Value.RestartAfter;
        while (!stopping.IsCancellationRequested)
        {
            var startedAt = time.GetTimestamp();
            var exit = await RunOnceAsync(stopping);
            if (stopping.IsCancellationRequested)
                return;
            if (time.GetElapsedTime(startedAt) > Steady)
                pause = options.Value.RestartAfter;
            logger.LogWarning("The embedded runner ended ({Exit}); it is started again in {Pause:0.#} s", exit, pause.TotalSeconds);
            await Task.Delay(pause, time, stopping);
            pause = pause * 2 < Longest ? pause * 2 : Longest;
        }
    }

    /// <summary>One life of the runner; answers how it ended.</summary>
    private async Task<string> RunOnceAsync(CancellationToken stopping)
    {
        using var process = new Process { StartInfo = RunnerCommand.Create() };
        process.OutputDataReceived += (_, line) => logger.LogDebug("{Line}", line.Data);
        process.ErrorDataReceived += (_, line) => Relay(line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception problem)
        {
            return $"it could not be started: {problem.Message}";
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.StandardInput.WriteLineAsync(RunnerCommand.Greeting(Launch.Address(services), tokens.EmbeddedRunnerToken, data.Runner));
            await process.StandardInput.FlushAsync(stopping);
            await process.WaitForExitAsync(stopping);
            return $"exit code {process.ExitCode}";
        }
        catch (IOException)
        {
            await EndAsync(process);
            return "it did not read its settings";
        }
        catch (OperationCanceledException)
        {
            await EndAsync(process);
            return "stopped";
        }
    }

    private void Relay(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
            logger.LogWarning("Runner: {Line}", line);
    }

    private static async Task EndAsync(Process process)
    {
        using var patience = new CancellationTokenSource(EndWithin);
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private async Task<bool> StartedAsync(CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stopping);
        return !stopping.IsCancellationRequested;
    }
}
