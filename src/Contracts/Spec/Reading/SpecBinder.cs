namespace Brigade.Contracts.Spec.Reading;

/// <summary>Makes the spec from the tree. What is wrong is collected; in its place stands the default, so that all else can still be checked.</summary>
/// <param name="asSearch">Whether the matrix is read as that of a search, also where the spec has none.</param>
internal sealed class SpecBinder(bool asSearch = false)
{
    private readonly BindContext _context = new();

    public IReadOnlyList<SpecError> Errors => _context.Errors;

    /// <inheritdoc cref="BindContext.Meant"/>
    public IReadOnlyList<string> Meant => _context.Meant;

    public ExperimentSpec Bind(SpecNode root)
    {
        var fields = Fields(new Located(root, ""), "");
        var defaults = new ExperimentSpec { Name = "", Workload = new WorkloadSpec() };
        var search = fields.ObjectOrNull("search", Search);
        var matrix = search is null && !asSearch ? defaults.Matrix : SearchSpec.OpenMatrix();
        return defaults with
        {
            Version = fields.Value<int>("version", _context.Int, ExperimentSpec.CurrentVersion),
            Name = fields.Value("name", _context.Text, ""),
            Workload = fields.Value("workload", Workload, defaults.Workload),
            Matrix = fields.Value("matrix", at => Matrix(at, matrix), matrix),
            Load = fields.Value("load", Load, defaults.Load),
            Search = search,
            Repeat = fields.Value<int>("repeat", _context.Int, defaults.Repeat),
            Stop = fields.ObjectOrNull("stop", Stop),
            Warmup = fields.Value("warmup", Warmup, defaults.Warmup),
            Order = fields.Value<TrialOrder>("order", _context.Enum<TrialOrder>, defaults.Order),
            Seed = fields.ValueOrNull<int>("seed", _context.Int),
            Limits = fields.Value("limits", Limits, defaults.Limits),
            Faults = fields.Value("faults", at => _context.List<FaultSpec>(at, Fault), defaults.Faults),
            Thresholds = fields.Value("thresholds", at => _context.List<string>(at, _context.Text), defaults.Thresholds),
            Abort = fields.Value("abort", at => _context.List<string>(at, _context.Text), defaults.Abort),
            Tags = fields.Value("tags", at => _context.List<string>(at, _context.Text), defaults.Tags),
        };
    }

    private FieldReader Fields(Located at, string section) => new(_context, at, section);

    private WorkloadSpec Workload(Located at)
    {
        var fields = Fields(at, "workload");
        return new WorkloadSpec
        {
            Kernel = fields.TextOrNull("kernel"),
            Params = fields.Value("params", Parameters, new WorkloadSpec().Params),
            Code = fields.ObjectOrNull("code", Code),
            Http = fields.ObjectOrNull("http", Http),
            Sql = fields.ObjectOrNull("sql", Sql),
            Command = fields.ObjectOrNull("command", Command),
            Secrets = fields.Value("secrets", at => _context.List<string>(at, _context.Text), []),
        };
    }

    private IReadOnlyDictionary<string, ParameterValue> Parameters(Located at) =>
        _context.Map<ParameterValue>(at, item => _context.Parameter(item) is { } value ? (true, value) : (false, default));

    private CodeSpec Code(Located at)
    {
        var fields = Fields(at, "code");
        return new CodeSpec { Language = fields.Value("language", _context.Text, ""), File = fields.TextOrNull("file"), Source = fields.TextOrNull("source") };
    }

    private HttpSpec Http(Located at)
    {
        var fields = Fields(at, "http");
        var defaults = new HttpSpec { Url = "" };
        return new HttpSpec
        {
            Url = fields.Value("url", _context.Text, ""),
            Method = fields.Value("method", _context.Text, defaults.Method),
            Headers = fields.Value("headers", Headers, defaults.Headers),
            Body = fields.TextOrNull("body"),
            ExpectStatus = fields.Value<int>("expectStatus", _context.Int, defaults.ExpectStatus),
            Timeout = fields.Value<TimeSpan>("timeout", _context.Duration, defaults.Timeout),
            KeepAlive = fields.Value<bool>("keepAlive", _context.Flag, defaults.KeepAlive),
            Version = fields.Value("version", at => _context.Parameter(at)?.Text, defaults.Version),
            VerifyCertificate = fields.Value<bool>("verifyCertificate", _context.Flag, defaults.VerifyCertificate),
        };
    }

    private IReadOnlyDictionary<string, string> Headers(Located at) =>
        _context.Map<string>(at, item => _context.Text(item) is { } text ? (true, text) : (false, ""));

    private SqlSpec Sql(Located at)
    {
        var fields = Fields(at, "sql");
        return new SqlSpec { Connection = fields.Value("connection", _context.Text, ""), Query = fields.Value("query", _context.Text, "") };
    }

    private CommandSpec Command(Located at)
    {
        var fields = Fields(at, "command");
        return new CommandSpec { Argv = fields.Value("argv", item => _context.List<string>(item, _context.Text), []), Stdin = fields.TextOrNull("stdin") };
    }

    private MatrixSpec Matrix(Located at, MatrixSpec defaults)
    {
        var fields = Fields(at, "matrix");
        return new MatrixSpec
        {
            Runtime = fields.Value("runtime", item => _context.List<string>(item, _context.Text), defaults.Runtime),
            Strategy = fields.Value("strategy", item => _context.List<Strategy>(item, _context.Enum<Strategy>), defaults.Strategy),
            Workers = fields.Value("workers", item => _context.List<int>(item, _context.Int), defaults.Workers),
            Channel = fields.Value("channel", item => _context.List<Channel>(item, _context.Enum<Channel>), defaults.Channel),
            StartMethod = fields.Value("startMethod", item => _context.List<StartMethod>(item, _context.Enum<StartMethod>), defaults.StartMethod),
            ChunkSize = fields.Value("chunkSize", item => _context.List<int>(item, _context.Int), defaults.ChunkSize),
            PayloadBytes = fields.Value("payloadBytes", item => _context.List<int>(item, _context.SmallSize), defaults.PayloadBytes),
            Params = fields.Value("params", Swept, defaults.Params),
        };
    }

    private IReadOnlyDictionary<string, IReadOnlyList<ParameterValue>> Swept(Located at) =>
        _context.Map<IReadOnlyList<ParameterValue>>(at, item => (true, _context.List<ParameterValue>(item, _context.Parameter)));

    private LoadSpec Load(Located at)
    {
        var fields = Fields(at, "load");
        return new LoadSpec
        {
            Tasks = fields.ValueOrNull<long>("tasks", _context.Whole),
            Duration = fields.ValueOrNull<TimeSpan>("duration", _context.Duration),
            Rate = fields.ValueOrNull<double>("rate", _context.Rate),
            MaxInFlight = fields.ValueOrNull<int>("maxInFlight", _context.Int),
            Stages = fields.Value("stages", item => _context.List<StageSpec>(item, Stage), []),
        };
    }

    private StageSpec Stage(Located at)
    {
        var fields = Fields(at, "stage");
        return new StageSpec(fields.Value<double>("rate", _context.Rate, 0), fields.Value<TimeSpan>("for", _context.Duration, TimeSpan.Zero));
    }

    private SearchSpec Search(Located at)
    {
        var fields = Fields(at, "search");
        var defaults = new SearchSpec();
        return new SearchSpec { Budget = fields.Value<TimeSpan>("budget", _context.Duration, defaults.Budget), Difference = fields.Value<double>("difference", _context.Ratio, defaults.Difference) };
    }

    private StopSpec Stop(Located at)
    {
        var fields = Fields(at, "stop");
        return new StopSpec { RelativeError = fields.Value<double>("relativeError", _context.Ratio, 0), AtLeast = fields.Value<int>("atLeast", _context.Int, StopSpec.DefaultAtLeast) };
    }

    private WarmupSpec Warmup(Located at)
    {
        var fields = Fields(at, "warmup");
        return new WarmupSpec { Tasks = fields.ValueOrNull<long>("tasks", _context.Whole), Duration = fields.ValueOrNull<TimeSpan>("duration", _context.Duration) };
    }

    private LimitsSpec Limits(Located at)
    {
        var fields = Fields(at, "limits");
        return new LimitsSpec
        {
            TrialTimeout = fields.Value<TimeSpan>("trialTimeout", _context.Duration, new LimitsSpec().TrialTimeout),
            Memory = fields.ValueOrNull<long>("memory", _context.Size),
            CpuSet = fields.ObjectOrNull("cpuSet", _context.NumberOrText),
            Processes = fields.ValueOrNull<int>("processes", _context.Int),
            CpuTime = fields.ValueOrNull<TimeSpan>("cpuTime", _context.Duration),
            Disk = fields.ValueOrNull<long>("disk", _context.Size),
            Output = fields.ValueOrNull<long>("output", _context.Size),
        };
    }

    private FaultSpec Fault(Located at)
    {
        var fields = Fields(at, "fault");
        return new FaultSpec(fields.Value<FaultKind>("kind", _context.Enum<FaultKind>, FaultKind.Exception), fields.Value<int>("worker", _context.Int, 0), fields.Value<long>("atTask", _context.Whole, 0));
    }
}
