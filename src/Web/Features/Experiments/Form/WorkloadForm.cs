using System.Globalization;
using Brigade.Contracts.Spec;

namespace Brigade.Web.Features.Experiments.Form;

/// <summary>Which kind of workload the form shows.</summary>
public enum WorkloadKind
{
    Kernel,
    Code,
    Http,
    Sql,
    Command,
}

/// <summary>What one task does, as it was typed. What belongs to the kinds that are not shown is kept, so that looking at another kind loses nothing.</summary>
public sealed class WorkloadForm
{
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);
    private ExperimentSpec _origin = null!;

    public WorkloadKind Kind { get; set; }

    public string Kernel { get; private set; } = "cpu.primes";

    /// <summary>The kernel's parameters: one value, or several with commas between them, which are swept.</summary>
    public IDictionary<string, string> Params { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary><c>python</c>, <c>csharp</c> or <c>javascript</c>.</summary>
    public string Language { get; set; } = "python";

    /// <summary>The code in <see cref="Language"/>.</summary>
    public string Source
    {
        get => _sources.TryGetValue(Language, out var source) ? source : CodeExamples.Of(Language);
        set => _sources[Language] = value;
    }

    /// <summary>Parameters of what is no kernel, one a line: arguments of code, or places in texts.</summary>
    public string Arguments { get; set; } = "";

    /// <summary>Names of secrets that code or a command gets, with commas between them.</summary>
    public string Secrets { get; set; } = "";

    public string Url { get; set; } = "http://127.0.0.1:8080/";

    public string Method { get; set; } = "GET";

    /// <summary>One a line: <c>Name: value</c>.</summary>
    public string Headers { get; set; } = "";

    public string Body { get; set; } = "";

    public string ExpectStatus { get; set; } = "200";

    public string Timeout { get; set; } = "5s";

    public bool KeepAlive { get; set; } = true;

    /// <summary><c>1.1</c> or <c>2</c>.</summary>
    public string Version { get; set; } = "1.1";

    public bool VerifyCertificate { get; set; } = true;

    public string Connection { get; set; } = "";

    public string Query { get; set; } = "select 1";

    /// <summary>The program and its arguments, one a line.</summary>
    public string Argv { get; set; } = "";

    public string Stdin { get; set; } = "";

    public static WorkloadForm From(ExperimentSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var workload = spec.Workload;
        var form = new WorkloadForm
        {
            _origin = spec,
            Kind = workload.Code is not null ? WorkloadKind.Code : workload.Http is not null ? WorkloadKind.Http : workload.Sql is not null ? WorkloadKind.Sql : workload.Command is not null ? WorkloadKind.Command : WorkloadKind.Kernel,
        };
        form.Kernel = workload.Kernel ?? form.Kernel;
        form.FillParams(spec);
        if (workload.Kernel is null)
            form.Arguments = ParameterLines.Of(spec);
        form.Secrets = string.Join(", ", workload.Secrets);
        if (workload.Code is { } code)
        {
            form.Language = code.Language;
            form.Source = code.Source ?? form.Source;
        }

        if (workload.Http is { } http)
        {
            (form.Url, form.Method, form.Headers, form.Body) = (http.Url, http.Method, HeaderLines(http), http.Body ?? "");
            (form.ExpectStatus, form.Timeout) = (http.ExpectStatus.ToString(CultureInfo.InvariantCulture), Units.FormatDuration(http.Timeout));
            (form.KeepAlive, form.Version, form.VerifyCertificate) = (http.KeepAlive, http.Version, http.VerifyCertificate);
        }

        if (workload.Sql is { } sql)
            (form.Connection, form.Query) = (sql.Connection, sql.Query);
        if (workload.Command is { } command)
            (form.Argv, form.Stdin) = (string.Join('\n', command.Argv), command.Stdin ?? "");
        return form;
    }

    /// <summary>Changes the kernel; its parameters start with their defaults.</summary>
    public void UseKernel(string kernel)
    {
        Kernel = kernel;
        Params.Clear();
        FillParams(spec: null);
    }

    /// <summary>Takes over what was typed for the kinds that the other form, read from a spec, cannot know.</summary>
    public void KeepOthers(WorkloadForm before)
    {
        ArgumentNullException.ThrowIfNull(before);
        foreach (var (language, source) in before._sources)
            _sources.TryAdd(language, source);
        if (Kind != WorkloadKind.Http)
        {
            (Url, Method, Headers, Body, ExpectStatus, Timeout) = (before.Url, before.Method, before.Headers, before.Body, before.ExpectStatus, before.Timeout);
            (KeepAlive, Version, VerifyCertificate) = (before.KeepAlive, before.Version, before.VerifyCertificate);
        }

        if (Kind != WorkloadKind.Sql)
            (Connection, Query) = (before.Connection, before.Query);
        if (Kind != WorkloadKind.Command)
            (Argv, Stdin) = (before.Argv, before.Stdin);
    }

    /// <summary>The workload, and the parameters that are swept.</summary>
    internal (WorkloadSpec Workload, IReadOnlyDictionary<string, IReadOnlyList<ParameterValue>> Swept) Read(FormFields fields)
    {
        var values = Kind == WorkloadKind.Kernel
            ? Params.Where(pair => !IsLeftToDefault(pair.Key, pair.Value)).ToDictionary(pair => pair.Key, pair => KernelValues(pair.Key, pair.Value), StringComparer.Ordinal)
            : ParameterLines.Read(Arguments, fields, "/workload/params");
        var (given, swept) = Apart(values);
        var workload = Kind switch
        {
            WorkloadKind.Code => new WorkloadSpec { Code = new CodeSpec { Language = Language, File = _origin.Workload.Code is { } code && string.Equals(code.Language, Language, StringComparison.Ordinal) ? code.File : null, Source = Source } },
            WorkloadKind.Http => new WorkloadSpec { Http = ReadHttp(fields) },
            WorkloadKind.Sql => new WorkloadSpec { Sql = new SqlSpec { Connection = Connection.Trim(), Query = Query } },
            WorkloadKind.Command => new WorkloadSpec { Command = new CommandSpec { Argv = ReadArgv(), Stdin = FormFields.Optional(Stdin) } },
            _ => new WorkloadSpec { Kernel = Kernel },
        };
        return (workload with { Params = given, Secrets = Kind is WorkloadKind.Code or WorkloadKind.Command ? [.. FormFields.Split(Secrets, ',')] : [] }, swept);
    }

    private static (IReadOnlyDictionary<string, ParameterValue> Given, IReadOnlyDictionary<string, IReadOnlyList<ParameterValue>> Swept) Apart(IReadOnlyDictionary<string, IReadOnlyList<ParameterValue>> values) => (
        values.Where(pair => pair.Value.Count == 1).ToDictionary(pair => pair.Key, pair => pair.Value[0], StringComparer.Ordinal),
        values.Where(pair => pair.Value.Count > 1).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal));

    // What the spec did not say, and nobody changed, stays unsaid.
    private bool IsLeftToDefault(string name, string text) =>
        string.Equals(_origin.Workload.Kernel, Kernel, StringComparison.Ordinal) && !_origin.Workload.Params.ContainsKey(name) && !_origin.Matrix.Params.ContainsKey(name)
        && string.Equals(Parameter(name)?.Default?.Text, text.Trim(), StringComparison.Ordinal);

    private KernelParameter? Parameter(string name) => KernelCatalogue.Find(Kernel)?.Parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal));

    // A URL may hold a comma; a number, or one of a few words, may not.
    private IReadOnlyList<ParameterValue> KernelValues(string name, string text) =>
        Parameter(name) is { IsText: true, Choices: null }
            ? text.Trim().Length == 0 ? [] : [ParameterValue.Of(text.Trim())]
            : [.. FormFields.Split(text, ',').Select(ParameterValue.Parse)];

    private HttpSpec ReadHttp(FormFields fields) => new()
    {
        Url = Url.Trim(),
        Method = Method.Trim(),
        Headers = _origin.Workload.Http is { } http && string.Equals(HeaderLines(http), Headers, StringComparison.Ordinal) ? http.Headers : ReadHeaders(fields),
        Body = FormFields.Optional(Body),
        ExpectStatus = fields.Small(ExpectStatus, "/workload/http/expectStatus", "the status that a good answer has, for example 200"),
        Timeout = fields.Duration(Timeout, "/workload/http/timeout"),
        KeepAlive = KeepAlive,
        Version = Version,
        VerifyCertificate = VerifyCertificate,
    };

    private Dictionary<string, string> ReadHeaders(FormFields fields)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in FormFields.Split(Headers, '\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                fields.Report("/workload/http/headers", $"'{line}' is no header: write a name, a colon and a value, for example Accept: text/plain.");
            else if (!headers.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim()))
                fields.Report("/workload/http/headers", $"The header '{line[..colon].Trim()}' is there twice; give it once, with its values separated by commas.");
        }

        return headers;
    }

    // An argument with a line break cannot be typed here, and stays as it was.
    private IReadOnlyList<string> ReadArgv() =>
        _origin.Workload.Command is { } command && string.Equals(string.Join('\n', command.Argv), Argv, StringComparison.Ordinal) ? command.Argv
        : Argv.Trim().Length == 0 ? [] : Argv.TrimEnd().Split('\n');

    private static string HeaderLines(HttpSpec http) => string.Join('\n', http.Headers.Select(header => $"{header.Key}: {header.Value}"));

    private void FillParams(ExperimentSpec? spec)
    {
        foreach (var parameter in KernelCatalogue.Find(Kernel)?.Parameters ?? [])
        {
            Params[parameter.Name] = spec is not null && spec.Matrix.Params.TryGetValue(parameter.Name, out var swept) ? string.Join(", ", swept)
                : spec is not null && spec.Workload.Params.TryGetValue(parameter.Name, out var value) ? value.Text
                : parameter.Default?.Text ?? "";
        }
    }
}
