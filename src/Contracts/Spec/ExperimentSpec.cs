namespace Brigade.Contracts.Spec;

/// <summary>
/// What an experiment measures: the one model behind the browser form, the YAML or JSON file and the REST body.
/// Read it with <see cref="SpecReader"/>, check it with <see cref="SpecValidator"/>, write it with <see cref="SpecWriter"/>.
/// </summary>
public sealed record ExperimentSpec
{
    public const int CurrentVersion = 1;

    /// <summary>The version of the schema; always <see cref="CurrentVersion"/>.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>What people call the experiment; letters, digits, spaces, dots, dashes and underscores, at most 100.</summary>
    public required string Name { get; init; }

    public required WorkloadSpec Workload { get; init; }

    public MatrixSpec Matrix { get; init; } = new();

    public LoadSpec Load { get; init; } = new() { Tasks = 200 };

    /// <summary>Looks for the best cell within a budget; null where every cell is measured alike.</summary>
    public SearchSpec? Search { get; init; }

    /// <summary>How often each cell is measured.</summary>
    public int Repeat { get; init; } = 3;

    /// <summary>When fewer repetitions are enough; null where each cell is repeated as often as <see cref="Repeat"/> says.</summary>
    public StopSpec? Stop { get; init; }

    public WarmupSpec Warmup { get; init; } = new() { Tasks = 20 };

    public TrialOrder Order { get; init; } = TrialOrder.Interleaved;

    /// <summary>The seed of the trial order; drawn when the run is made, and stored with it, where absent.</summary>
    public int? Seed { get; init; }

    public LimitsSpec Limits { get; init; } = new();

    public IReadOnlyList<FaultSpec> Faults { get; init; } = [];

    /// <summary>Conditions in the form of <see cref="Threshold"/> which every cell has to hold.</summary>
    public IReadOnlyList<string> Thresholds { get; init; } = [];

    /// <summary>Conditions in the form of <see cref="Threshold"/> which are watched while a trial runs: when one does not hold the trial fails and the run goes no further.</summary>
    public IReadOnlyList<string> Abort { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];
}

/// <summary>What one task does. Exactly one of the five is set.</summary>
public sealed record WorkloadSpec
{
    /// <summary>A name of <see cref="KernelCatalogue"/>, with <see cref="Params"/>.</summary>
    public string? Kernel { get; init; }

    public IReadOnlyDictionary<string, ParameterValue> Params { get; init; } = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);

    public CodeSpec? Code { get; init; }

    public HttpSpec? Http { get; init; }

    public SqlSpec? Sql { get; init; }

    public CommandSpec? Command { get; init; }

    /// <summary>The names of the secrets that code gets as arguments of their names, and a command as variables of its environment.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>The tool whose results were imported: nothing of it can be run, and no spec can say it.</summary>
    public string? Imported { get; init; }

    /// <summary>The parameter of an imported cell that holds what the tool calls the benchmark.</summary>
    public const string BenchmarkParameter = "benchmark";
}

/// <summary>The user's own code: <c>def task(index)</c> and, for async, <c>async def task_async(index)</c>.</summary>
public sealed record CodeSpec
{
    /// <summary><c>python</c>, <c>csharp</c> or <c>javascript</c>.</summary>
    public required string Language { get; init; }

    /// <summary>A path beside the spec's file. The command line reads it into <see cref="Source"/> before anything else sees the spec.</summary>
    public string? File { get; init; }

    public string? Source { get; init; }
}

public sealed record HttpSpec
{
    public required string Url { get; init; }

    public string Method { get; init; } = "GET";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string? Body { get; init; }

    public int ExpectStatus { get; init; } = 200;

    /// <summary>From the start of the request to the last byte of the answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether connections are used again; otherwise each task opens one.</summary>
    public bool KeepAlive { get; init; } = true;

    /// <summary>The version of HTTP: <c>1.1</c>, or <c>2</c> where the runtime has it.</summary>
    public string Version { get; init; } = "1.1";

    /// <summary>Whether the server's certificate has to be one that the runner's machine trusts.</summary>
    public bool VerifyCertificate { get; init; } = true;
}

public sealed record SqlSpec
{
    /// <summary>The name of a stored secret of the workspace, or of an environment variable of a local run.</summary>
    public required string Connection { get; init; }

    public required string Query { get; init; }
}

public sealed record CommandSpec
{
    public required IReadOnlyList<string> Argv { get; init; }

    public string? Stdin { get; init; }
}

/// <summary>Lists that multiply into cells. Never empty after reading, but in a search, where an empty list means all that make sense.</summary>
public sealed record MatrixSpec
{
    /// <summary>Names of <see cref="RuntimeCatalogue"/>: <c>dotnet</c>, <c>python</c> and <c>node</c> (the runner's defaults), or one version such as <c>python3.13t</c> or <c>node20</c>.</summary>
    public IReadOnlyList<string> Runtime { get; init; } = ["python"];

    public IReadOnlyList<Strategy> Strategy { get; init; } =
        [Spec.Strategy.Sequential, Spec.Strategy.Threads, Spec.Strategy.Async, Spec.Strategy.Pool, Spec.Strategy.Processes];

    public IReadOnlyList<int> Workers { get; init; } = [1, 2];

    public IReadOnlyList<Channel> Channel { get; init; } = [Spec.Channel.Pipe];

    /// <summary>Empty means the interpreter's own default.</summary>
    public IReadOnlyList<StartMethod> StartMethod { get; init; } = [];

    /// <summary>Tasks handed to a pool's worker at a time.</summary>
    public IReadOnlyList<int> ChunkSize { get; init; } = [1];

    /// <summary>Bytes carried to the task and back.</summary>
    public IReadOnlyList<int> PayloadBytes { get; init; } = [0];

    /// <summary>Parameters of the workload that are swept.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ParameterValue>> Params { get; init; } =
        new Dictionary<string, IReadOnlyList<ParameterValue>>(StringComparer.Ordinal);
}

/// <summary>Closed load: <see cref="Tasks"/> or <see cref="Duration"/>. Open load: <see cref="Rate"/> for a duration, or <see cref="Stages"/>.</summary>
public sealed record LoadSpec
{
    /// <summary><see cref="MaxInFlight"/> of an open load that does not say it.</summary>
    public const int DefaultMaxInFlight = 1_000;

    public long? Tasks { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>Arrivals per second.</summary>
    public double? Rate { get; init; }

    /// <summary>The most arrivals that wait for a worker or are in one; what arrives then is dropped.</summary>
    public int? MaxInFlight { get; init; }

    public IReadOnlyList<StageSpec> Stages { get; init; } = [];

    /// <summary>Whether tasks arrive by the clock, whatever becomes of those before them.</summary>
    public bool IsOpen() => Rate is not null || Stages.Count > 0;

    /// <summary>The stages of an open load, of which a rate with a duration is one; empty for a closed load.</summary>
    public IReadOnlyList<StageSpec> OpenStages() => Rate is { } rate ? [new StageSpec(rate, Duration ?? TimeSpan.Zero)] : Stages;
}

/// <param name="Rate">Arrivals per second, evenly spaced.</param>
public sealed record StageSpec(double Rate, TimeSpan For);

/// <summary>A cell is not repeated any more when it completed <see cref="AtLeast"/> times and the relative standard error of its mean throughput is below <see cref="RelativeError"/>.</summary>
public sealed record StopSpec
{
    public const int DefaultAtLeast = 3;

    /// <summary>Above 0 and at most 1.</summary>
    public double RelativeError { get; init; }

    public int AtLeast { get; init; } = DefaultAtLeast;
}

/// <summary>Work done before measuring starts; in no figure. Exactly one is set; zero tasks mean none.</summary>
public sealed record WarmupSpec
{
    public long? Tasks { get; init; }

    public TimeSpan? Duration { get; init; }
}

public sealed record LimitsSpec
{
    /// <summary>From the start of the trial's process to its last record.</summary>
    public TimeSpan TrialTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most that a sandbox lets a trial write to files; also where <see cref="Disk"/> is absent.</summary>
    public const long MostDisk = 1L << 30;

    /// <summary>The most that a sandbox lets a trial print; also where <see cref="Output"/> is absent.</summary>
    public const long MostOutput = 64L << 20;

    /// <summary>Memory in bytes of all processes of a trial together; none where absent.</summary>
    public long? Memory { get; init; }

    /// <summary>Processes and threads of a trial of users' code or a command together; what its workers need, with room to spare, where absent.</summary>
    public int? Processes { get; init; }

    /// <summary>Processor time of each process of such a trial; that of all processors for as long as the trial may take where absent.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>Bytes of all files that such a trial writes together, <see cref="MostDisk"/> where absent.</summary>
    public long? Disk { get; init; }

    /// <summary>Bytes that such a trial prints, <see cref="MostOutput"/> where absent.</summary>
    public long? Output { get; init; }

    /// <summary>The processors that a trial's processes may use, as a <see cref="CpuList"/>; all of the runner's where absent.</summary>
    public string? CpuSet { get; init; }
}

public sealed record FaultSpec(FaultKind Kind, int Worker, long AtTask);
