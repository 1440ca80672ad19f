using System.Diagnostics;
using System.Globalization;
using Brigade.Contracts.Runs;
using Brigade.Runner.Protocol;
using Brigade.Runner.Recording;
using Brigade.Runner.Sandbox;

namespace Brigade.Runner.Trials;

/// <summary>How far a trial has come.</summary>
internal enum TrialPhase
{
    /// <summary>The host has not said hello.</summary>
    Starting,
    StartingWorkers,
    WarmingUp,
    Measuring,
    Done,
}

/// <summary>Follows the records of one trial's host, from hello to done, into a recorder.</summary>
/// <param name="startedAt">Monotonic nanoseconds just before the host was started.</param>
/// <param name="inner">What finds workers whose numbers are those of a namespace; null where they are those of the machine.</param>
internal sealed class TrialSession(TrialJob job, Stream output, IProcessSampler sampler, TrialRecorder recorder, long startedAt, InnerProcesses? inner = null)
{
    private const int ChecksumLength = 16;

    private readonly Lock _sampling = new();
    private readonly List<TaskError> _errors = [];
    private long _measuringAt;

    public TrialPhase Phase { get; private set; }

    /// <summary>When the workers were up; monotonic nanoseconds.</summary>
    public long ReadyAt { get; private set; }

    public DonePayload? Done { get; private set; }

    /// <summary>The sample that was taken at <see cref="Done"/>, while the workers lived.</summary>
    public ProcessSample? Final { get; private set; }

    /// <summary>The workers that were lost.</summary>
    public Replacements Replacements { get; } = new();

    public IReadOnlyList<TaskError> Errors => _errors;

    public ProcessSample Sample()
    {
        lock (_sampling)
        {
            return sampler.Sample();
        }
    }

    /// <summary>A sample that is exact about memory that processes share, and costs more.</summary>
    public ProcessSample Recount()
    {
        lock (_sampling)
        {
            sampler.Recount();
            return sampler.Sample();
        }
    }

    /// <summary>Reads until the host's output ends.</summary>
    /// <param name="onPhase">Called when <see cref="TrialPhase.Measuring"/> or <see cref="TrialPhase.Done"/> is reached.</param>
    /// <exception cref="ProtocolException">The host broke the protocol.</exception>
    /// <exception cref="TrialException">The host said that the trial cannot go on.</exception>
    public async Task ReadAsync(Action onPhase)
    {
        var reader = new RecordReader(output);
        while (await reader.ReadAsync())
        {
            var before = Phase;
            Take(reader);
            if (Phase != before && Phase >= TrialPhase.Measuring)
            {
                onPhase();
            }
        }
    }

    /// <summary>Where the trial stands, to be put at the end of a sentence: <c>after 41 of 200 tasks</c>.</summary>
    public string Progress() => Phase switch
    {
        TrialPhase.Starting => "before it said anything",
        TrialPhase.StartingWorkers => "while it started its workers",
        TrialPhase.WarmingUp => "during the warm-up",
        _ => string.Create(CultureInfo.InvariantCulture, $"after {recorder.Tasks}{(job.Bounds.Most is { } tasks ? $" of {tasks}" : "")} tasks"),
    };

    private void Take(RecordReader reader)
    {
        switch (reader.Type)
        {
            case RecordType.Hello:
                TakeHello(reader.Json(ProtocolJson.Default.HelloPayload));
                break;
            case RecordType.Ready:
                TakeReady(reader.Json(ProtocolJson.Default.ReadyPayload));
                break;
            case RecordType.Measuring:
                _measuringAt = Between(ReadyAt, reader.Json(ProtocolJson.Default.MeasuringPayload).At, "measuring");
                recorder.Begin(_measuringAt, Sample());
                Phase = TrialPhase.Measuring;
                break;
            case RecordType.Tasks:
                recorder.Fold(reader.Tasks, Stopwatch.GetTimestamp());
                break;
            case RecordType.Error:
                TakeError(reader.Json(ProtocolJson.Default.ErrorPayload));
                break;
            case RecordType.Worker:
                TakeReplacement(reader.Json(ProtocolJson.Default.WorkerPayload));
                break;
            case RecordType.Done:
                TakeDone(reader.Json(ProtocolJson.Default.DonePayload));
                break;
            default:
                var failed = reader.Json(ProtocolJson.Default.FailedPayload);
                if (failed.Detail.Length > 0)
                {
                    _errors.Add(new TaskError(-1, -1, Bounded(failed.Message), Bounded(failed.Detail)));
                }

                throw new TrialException(OneLine(failed.Message));
        }
    }

    private void TakeHello(HelloPayload hello)
    {
        if (hello.Protocol != TrialRequest.CurrentProtocol)
        {
            throw new ProtocolException($"The host speaks version {hello.Protocol} of the trial protocol; this runner speaks {TrialRequest.CurrentProtocol}.");
        }

        Phase = TrialPhase.StartingWorkers;
    }

    private void TakeReady(ReadyPayload ready)
    {
        var workers = new WorkerIdentity[job.Cell.Workers];
        foreach (var worker in ready.Workers)
        {
            if (worker is null)
            {
                throw new ProtocolException("The host announces a worker that is null.");
            }

            if (worker.Worker < 0 || worker.Worker >= workers.Length || worker.Pid <= 0)
            {
                throw new ProtocolException($"The host announces worker {worker.Worker} in process {worker.Pid}; the trial has workers 0 to {workers.Length - 1}.");
            }

            if (workers[worker.Worker] is not null)
            {
                throw new ProtocolException($"The host announces worker {worker.Worker} twice.");
            }

            workers[worker.Worker] = Seen(worker);
        }

        if (Array.FindIndex(workers, worker => worker is null) is var missing and >= 0)
        {
            throw new ProtocolException($"The host did not announce worker {missing} of {workers.Length}.");
        }

        ReadyAt = Between(startedAt, ready.At, "ready");
        lock (_sampling)
        {
            sampler.Watch(workers);
            sampler.Sample(); // looks for the workers' processes and threads now, so that the sample at `measuring` is a quick one
        }

        Phase = TrialPhase.WarmingUp;
    }

    private WorkerIdentity Seen(WorkerIdentity worker) => inner?.Outside(worker) ?? worker;

    private void TakeReplacement(WorkerPayload worker)
    {
        Replacements.Take(worker, job.Cell.Workers, Phase == TrialPhase.Measuring);
        Between(ReadyAt, worker.EndedAt, "worker");
        Between(worker.EndedAt, worker.At, "worker");
        recorder.Lose(worker.Worker, worker.Lost, worker.At);
        lock (_sampling)
        {
            sampler.Replace(Seen(new WorkerIdentity(worker.Worker, worker.Pid, worker.Tid)));
        }
    }

    private void TakeError(ErrorPayload error)
    {
        if (_errors.Count >= ErrorPayload.MaximumCount)
        {
            throw new ProtocolException($"More than {ErrorPayload.MaximumCount} `error` records came.");
        }

        _errors.Add(new TaskError(error.Index, error.Worker, Bounded(error.Message), Bounded(error.Traceback)));
    }

    private void TakeDone(DonePayload done)
    {
        Final = Sample();
        if (done.Tasks != recorder.Tasks)
        {
            throw new ProtocolException($"The host says that {done.Tasks} tasks ended, but records of {recorder.Tasks} came.");
        }

        if (done.Lost != Replacements.Lost)
        {
            throw new ProtocolException($"The host says that {done.Lost} tasks were lost, but its `worker` records told of {Replacements.Lost}.");
        }

        if (job.Bounds.Most is { } tasks && done.Tasks + done.Lost + done.Dropped != tasks)
        {
            throw new ProtocolException($"The host says that it is done after {done.Tasks} of {tasks} tasks, {done.Lost} of them lost{(done.Dropped > 0 ? $" and {done.Dropped} dropped" : "")}.");
        }

        if (done.Checksum.Length != ChecksumLength || !done.Checksum.All(char.IsAsciiHexDigit))
        {
            throw new ProtocolException("The checksum has to be 16 hexadecimal digits.");
        }

        if (done.Dropped < 0 || done.SerializationNs < 0 || done.ChannelNs < 0 || done.Warnings?.Any(warning => warning is null) == true)
        {
            throw new ProtocolException("The `done` record has a negative number or a warning that is null.");
        }

        if (done.Figures is { } figures && (figures.Count > DonePayload.MaximumFigures || figures.Keys.FirstOrDefault(name => !IsFigureName(name)) is not null))
        {
            throw new ProtocolException($"The `done` record has more than {DonePayload.MaximumFigures} figures, or one whose name is not in camelCase: {Bounded(string.Join(", ", figures.Keys))}");
        }

        Between(_measuringAt, done.At, "done");
        Done = done;
        Phase = TrialPhase.Done;
    }

    private static bool IsFigureName(string name) => name.Length is > 0 and <= 64 && char.IsAsciiLetterLower(name[0]) && name.All(char.IsAsciiLetterOrDigit);

    /// <summary>The time of a record, which cannot be before that of the one before or after now.</summary>
    private static long Between(long earliest, long at, string record) => at >= earliest && at <= Stopwatch.GetTimestamp()
        ? at
        : throw new ProtocolException($"The time of the `{record}` record cannot be: it lies {(at < earliest ? "before the record before it" : "in the future")}. Is it nanoseconds of the machine's monotonic clock?");

    private static string OneLine(string text) => Bounded(string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));

    private static string Bounded(string text) => text.Length <= ErrorPayload.MaximumBytes ? text : text[..ErrorPayload.MaximumBytes] + "…";
}
