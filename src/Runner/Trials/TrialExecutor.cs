using System.Diagnostics;
using System.Globalization;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.Recording;
using Brigade.Runner.Sandbox;

namespace Brigade.Runner.Trials;

/// <summary>Executes one trial in a fresh process, from its start to the moment when nothing of it is left.</summary>
/// <param name="policy">What trials run in; that of the command line where absent.</param>
/// <param name="onEnd">Gets what a trial wrote to its standard error and its `done`, where it came so far.</param>
internal sealed class TrialExecutor(ITrialHosts hosts, TimeProvider time, Action<string, DonePayload?>? onEnd = null, SandboxPolicy? policy = null)
{
    private readonly SandboxPolicy _policy = policy ?? SandboxPolicy.Local;

    private static readonly TimeSpan CancelGrace = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan EndGrace = TimeSpan.FromSeconds(2);

    /// <summary>Ten seconds.</summary>
    private const int FramesPerCollection = 100;

    /// <summary>How long what a host that has ended wrote may take to be read.</summary>
    private static readonly TimeSpan ReadGrace = TimeSpan.FromMilliseconds(500);

    /// <summary>Measures. Whatever goes wrong with the trial is in the result, with what was measured until then, and without the secrets that it had.</summary>
    /// <param name="emit">Takes the events between the trial's start and its end, one after the other.</param>
    public async Task<TrialResult> ExecuteAsync(TrialJob job, Func<RunEvent, ValueTask> emit, CancellationToken cancellation) =>
        RedactorOf(job).Hide(await MeasureAsync(job, emit, cancellation));

    private static Redactor RedactorOf(TrialJob job) => job.Prepared?.Redactor ?? Redactor.None;

    private async Task<TrialResult> MeasureAsync(TrialJob job, Func<RunEvent, ValueTask> emit, CancellationToken cancellation)
    {
        if (hosts.Resolve(job.Cell.Runtime) is not { } runtime)
        {
            return TrialResults.NotStarted(job, job.Cell.Runtime, MissingRuntime.Explain(job.Cell.Runtime, hosts.Runtimes));
        }

        if (job.Prepared is { Failure.Length: > 0 } prepared)
        {
            return TrialResults.NotStarted(job, runtime.Id, prepared.Failure) with { TaskErrors = prepared.Detail.Length == 0 ? [] : [new TaskError(-1, -1, prepared.Failure, prepared.Detail)] };
        }

        var command = hosts.CommandFor(runtime);
        var containment = _policy.For(job.Spec, job.Cell, command);
        if (containment.Refusal.Length > 0)
        {
            return TrialResults.NotStarted(job, runtime.Id, containment.Refusal);
        }

        try
        {
            await HostCache.ReadyAsync(runtime, command, containment);
            await using var process = TrialProcess.Start(command, time, job.Processors, containment.Box);
            using var sampler = new ProcessSampler(process.Id);
            var recorder = new TrialRecorder(job.Trial.Index, job.Cell.Workers, job.Bounds, job.Cell.Strategy == Strategy.Async, job.Watch);
            var inner = containment.Box is { Level: 1 } ? new InnerProcesses(process.Id) : null;
            var noise = new TrialNoise(job.Processors ?? Affinity.Allowed());
            var session = new TrialSession(job, process.Output, sampler, recorder, process.StartedAt, inner);
            var run = new RunningTrial(job, process, session, recorder, noise, runtime, containment);
            var verdict = await FollowAsync(run, emit, cancellation);
            verdict = verdict with { Warnings = [.. verdict.Warnings ?? [], .. SandboxHint.For(containment.Box, verdict.Failure, session.Errors)] };
            if (onEnd is not null)
            {
                var redactor = RedactorOf(job);
                onEnd(redactor.Hide(await process.ReadErrorsToEndAsync(ReadGrace)), session.Done is { Result: { } shown } done ? done with { Result = redactor.Hide(shown) } : session.Done);
            }

            return TrialResults.Of(job, runtime.Id, verdict, session, recorder, noise, process.StartedAt);
        }
        catch (TrialException exception)
        {
            return TrialResults.NotStarted(job, runtime.Id, exception.Message);
        }
    }

    private async Task<TrialVerdict> FollowAsync(RunningTrial running, Func<RunEvent, ValueTask> emit, CancellationToken cancellation)
    {
        var (job, process, session, recorder, noise, runtime, containment) = running;
        var watch = containment.Box is { } box ? new SandboxWatch(box, process, time) : null;
        var phase = new SemaphoreSlim(0);
        var reading = Task.Run(() => session.ReadAsync(() => phase.Release()), CancellationToken.None);
        var over = Task.WhenAny(reading, process.ExitedAsync(ReadGrace));
        var writing = process.WriteAsync(job.Request(process.ScratchDirectory, containment.Directory).ToLine(), CancellationToken.None);
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

            verdict = Limits(running, sample, deadline, cancellation) ?? Watched(watch, session);
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

    private static TrialVerdict? Watched(SandboxWatch? watch, TrialSession session) =>
        session.Phase < TrialPhase.Done && watch?.Look() is { } broken ? new TrialVerdict(TrialStatus.Failed, $"{broken}: stopped {session.Progress()}") : null;

    private static TrialVerdict? Limits(RunningTrial running, ProcessSample sample, long deadline, CancellationToken cancellation)
    {
        var (job, session) = (running.Job, running.Session);
        var limits = job.Spec.Limits;
        var (memory, whose) = running.Containment.Box is { } box && (limits.Memory ?? long.MaxValue) > box.Limits.Memory ? (box.Limits.Memory, "that this runner gives") : (limits.Memory, "of limits.memory");
        return session.Phase == TrialPhase.Done ? null
            : cancellation.IsCancellationRequested ? new TrialVerdict(TrialStatus.Cancelled, $"cancelled {session.Progress()}")
            : memory is { } most && sample.MemoryBytes > most && session.Recount().MemoryBytes is var exact && exact > most
                ? new TrialVerdict(TrialStatus.Failed, $"used {Mebibytes(exact)} of memory, more than the {Mebibytes(most)} {whose}, {session.Progress()}")
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

/// <summary>A trial that has been started, with all that follows it.</summary>
internal sealed record RunningTrial(TrialJob Job, TrialProcess Process, TrialSession Session, TrialRecorder Recorder, TrialNoise Noise, RuntimeInfo Runtime, Containment Containment);
