using System.Diagnostics;
using System.Globalization;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.Recording;

namespace Brigade.Runner.Trials;

/// <summary>Executes one trial in a fresh process, from its start to the moment when nothing of it is left.</summary>
/// <param name="onEnd">Gets what a trial wrote to its standard error and its `done`, where it came so far.</param>
internal sealed class TrialExecutor(ITrialHosts hosts, TimeProvider time, Action<string, DonePayload?>? onEnd = null)
{
    private static readonly TimeSpan CancelGrace = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan EndGrace = TimeSpan.FromSeconds(2);

    /// <summary>Ten seconds.</summary>
    private const int FramesPerCollection = 100;

    /// <summary>How long what a host that has ended wrote may take to be read.</summary>
    private static readonly TimeSpan ReadGrace = TimeSpan.FromMilliseconds(500);

    /// <summary>Measures. Whatever goes wrong with the trial is in the result, with what was measured until then.</summary>
    /// <param name="emit">Takes the events between the trial's start and its end, one after the other.</param>
    public async Task<TrialResult> ExecuteAsync(TrialJob job, Func<RunEvent, ValueTask> emit, CancellationToken cancellation)
    {
        if (hosts.Resolve(job.Cell.Runtime) is not { } runtime)
        {
            return TrialResults.NotStarted(job, job.Cell.Runtime, MissingRuntime.Explain(job.Cell.Runtime, hosts.Runtimes));
        }

        if (job.Prepared is { Failure.Length: > 0 } prepared)
        {
            return TrialResults.NotStarted(job, runtime.Id, prepared.Failure) with { TaskErrors = prepared.Detail.Length == 0 ? [] : [new TaskError(-1, -1, prepared.Failure, prepared.Detail)] };
        }

        try
        {
            await using var process = TrialProcess.Start(hosts.CommandFor(runtime), time, job.Processors);
            using var sampler = new ProcessSampler(process.Id);
            var recorder = new TrialRecorder(job.Trial.Index, job.Cell.Workers, job.Bounds, job.Cell.Strategy == Strategy.Async, job.Watch);
            var noise = new TrialNoise(job.Processors ?? Affinity.Allowed());
            var session = new TrialSession(job, process.Output, sampler, recorder, process.StartedAt);
            var verdict = await FollowAsync(job, process, session, recorder, noise, runtime, emit, cancellation);
            if (onEnd is not null)
            {
                onEnd(await process.ReadErrorsToEndAsync(ReadGrace), session.Done);
            }

            return TrialResults.Of(job, runtime.Id, verdict, session, recorder, noise, process.StartedAt);
        }
        catch (TrialException exception)
        {
            return TrialResults.NotStarted(job, runtime.Id, exception.Message);
        }
    }

    private async Task<TrialVerdict> FollowAsync(
        TrialJob job, TrialProcess process, TrialSession session, TrialRecorder recorder, TrialNoise noise, RuntimeInfo runtime, Func<RunEvent, ValueTask> emit, CancellationToken cancellation)
    {
        var phase = new SemaphoreSlim(0);
        var reading = Task.Run(() => session.ReadAsync(() => phase.Release()), CancellationToken.None);
        var over = Task.WhenAny(reading, process.ExitedAsync(ReadGrace));
        var writing = process.WriteAsync(job.Request(process.ScratchDirectory).ToLine(), CancellationToken.None);
        var deadline = process.StartedAt + (long)(job.Spec.Limits.TrialTimeout.TotalMilliseconds * 1e6);
        var announced = false;
        TrialVerdict? verdict = null;
        while (verdict is null && !over.IsCompleted && session.Phase < TrialPhase.Done)
        {
            await WaitAsync(phase, over, recorder, deadline, cancellation);
            announced = announced || await AnnounceAsync();
            var sample = session.Sample();
            foreach (var frame in session.Phase < TrialPhase.Done ? recorder.Tick(sample) : [])
            {
                await emit(new FrameRecorded(frame));
                CollectNowAndThen(frame);
            }

            verdict = Limits(job, session, sample, deadline, cancellation);
        }

        _ = announced || await AnnounceAsync();

        noise.End();

        // The last sample is taken while the workers live: `done` took one, else it is now.
        foreach (var frame in recorder.End(session.Done?.At ?? Stopwatch.GetTimestamp(), session.Final ?? session.Sample()))
        {
            await emit(new FrameRecorded(frame));
        }

        verdict ??= await EndAsync(process, session, reading, runtime);
        verdict = verdict.Status == TrialStatus.Completed ? LastLook(job, verdict) : verdict;
        await process.StopAsync(verdict.Status == TrialStatus.Cancelled ? CancelGrace : TimeSpan.Zero);
        await process.KillAsync();
        await Task.WhenAny(Task.WhenAll(reading, writing), Task.Delay(EndGrace, time, CancellationToken.None));
        return process.HasSurvivors
            ? verdict with { Warnings = [.. verdict.Warnings ?? [], "processes of this trial could not be killed, because the kernel holds them; what they use disturbs the trials that follow"] }
            : verdict;

        async Task<bool> AnnounceAsync()
        {
            if (recorder.HasBegun)
            {
                noise.Begin();
                await emit(new TrialMeasuring(job.Trial.Index, (session.ReadyAt - process.StartedAt) / 1e6));
            }

            return recorder.HasBegun;
        }
    }

    /// <summary>
    /// The collector lets young objects pile up to the size of the processor's cache before it looks, tens of megabytes on some machines: a runner that makes few of them
    /// would grow for many minutes. A collection of only the young takes less than a millisecond.
    /// </summary>
    private static void CollectNowAndThen(Frame frame)
    {
        if (frame.Number % FramesPerCollection == FramesPerCollection - 1)
        {
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        }
    }

    /// <summary>Waits for the next frame's end, a new phase, the end of the host or of the time, or a cancel.</summary>
    private static async Task WaitAsync(SemaphoreSlim phase, Task over, TrialRecorder recorder, long deadline, CancellationToken cancellation)
    {
        var now = Stopwatch.GetTimestamp();
        var wait = Math.Min(recorder.UntilFrameEnd(now), deadline - now);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var next = phase.WaitAsync((int)Math.Max(1, wait / 1_000_000), stop.Token);
        if (await Task.WhenAny(next, over) != next)
        {
            await stop.CancelAsync();
        }

        await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A trial that is shorter than the time between two looks is looked at too.</summary>
    private static TrialVerdict LastLook(TrialJob job, TrialVerdict verdict)
    {
        job.Watch?.Look();
        return job.Watch?.Broken is { } broken ? verdict with { Status = TrialStatus.Failed, Failure = broken } : verdict;
    }

    private static TrialVerdict? Limits(TrialJob job, TrialSession session, ProcessSample sample, long deadline, CancellationToken cancellation)
    {
        var limits = job.Spec.Limits;
        return session.Phase == TrialPhase.Done ? null
            : cancellation.IsCancellationRequested ? new TrialVerdict(TrialStatus.Cancelled, $"cancelled {session.Progress()}")
            : limits.Memory is { } most && sample.MemoryBytes > most && session.Recount().MemoryBytes is var exact && exact > most
                ? new TrialVerdict(TrialStatus.Failed, $"used {Mebibytes(exact)} of memory, more than the {Mebibytes(most)} of limits.memory, {session.Progress()}")
            : job.Watch?.Broken is { } broken ? new TrialVerdict(TrialStatus.Failed, $"{broken}: stopped {session.Progress()}")
            : Stopwatch.GetTimestamp() >= deadline
                ? new TrialVerdict(TrialStatus.TimedOut, string.Create(CultureInfo.InvariantCulture, $"not done within the {limits.TrialTimeout.TotalSeconds:0.###} s of limits.trialTimeout: stopped {session.Progress()}"))
            : null;
    }

    /// <summary>The output or the host has ended, or the host said that it is done: closes its input and reads on to the end.</summary>
    private async Task<TrialVerdict> EndAsync(TrialProcess process, TrialSession session, Task reading, RuntimeInfo runtime)
    {
        var noun = Noun(runtime);
        try
        {
            var endedByItself = true;
            if (session.Done is not null)
            {
                endedByItself = await process.StopAsync(EndGrace);
                await process.KillAsync();
            }
            else if (!reading.IsCompleted)
            {
                // The host has ended, but a process that it started still holds the output open.
                await process.KillAsync();
            }

            await reading.WaitAsync(EndGrace, time);
            if (session.Done is not null)
            {
                return new TrialVerdict(TrialStatus.Completed, "", endedByItself ? [] : [$"{noun} did not end by itself when it was done and had to be killed"]);
            }

            var end = await process.DescribeEndAsync();
            var last = process.Stderr.LastLine();
            return new TrialVerdict(TrialStatus.Failed, $"{noun} {end} {session.Progress()}{(last.Length > 0 ? $"; the last it wrote to standard error: {last}" : "")}");
        }
        catch (TrialException exception)
        {
            return new TrialVerdict(TrialStatus.Failed, exception.Message);
        }
        catch (ProtocolException exception)
        {
            return new TrialVerdict(TrialStatus.Failed, $"{noun} broke the trial protocol {session.Progress()}: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or TimeoutException)
        {
            return new TrialVerdict(TrialStatus.Failed, $"the output of {noun} cannot be read to its end {session.Progress()}: {exception.Message}");
        }
    }

    private static string Noun(RuntimeInfo runtime) => $"the {RuntimeCatalogue.Of(runtime.Language)?.Title ?? runtime.Language} process";

    private static string Mebibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.#} MiB");
}
