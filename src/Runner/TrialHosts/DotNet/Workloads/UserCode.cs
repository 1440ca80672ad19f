using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Brigade.Contracts.Spec;
using Brigade.Runner.Code.CSharp;
using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet.Workloads;

/// <summary>The user's C#, loaded once in each process; each worker gets an object of its own.</summary>
internal sealed class UserCode
{
    private static readonly Lock Loading = new();
    private static UserCode? _loaded;

    private readonly TrialCode _code;
    private readonly Type _adapter;

    private UserCode(TrialCode code, byte[] assembly)
    {
        _code = code;
        try
        {
            _adapter = AssemblyLoadContext.Default.LoadFromStream(new MemoryStream(assembly)).GetTypes().Single(type => string.Equals(type.Name, AdapterText.ClassName, StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is BadImageFormatException or FileLoadException or InvalidOperationException or ReflectionTypeLoadException)
        {
            throw new TrialFailedException($"{code.File}: the compiled code cannot be loaded: {exception.Message}", exception.ToString());
        }

        HasTask = _adapter.GetMethod(AdapterText.Run) is not null;
        HasTaskAsync = _adapter.GetMethod(AdapterText.RunAsync) is not null;
        HasTeardown = _adapter.GetMethod(AdapterText.Teardown) is not null;
    }

    public string File => _code.File;

    public bool HasTask { get; }

    public bool HasTaskAsync { get; }

    public bool HasTeardown { get; }

    /// <summary>The code of a request.</summary>
    /// <exception cref="TrialFailedException">It does not compile, or cannot be loaded.</exception>
    public static UserCode Of(TrialCode code)
    {
        lock (Loading)
        {
            return _loaded ??= new UserCode(code, code.Assembly is { } assembly ? Convert.FromBase64String(assembly) : Compile(code));
        }
    }

    /// <summary>A request that holds the assembly, so that worker processes need not compile the code again.</summary>
    public static TrialRequest Compiled(TrialRequest request) => request.Workload.Code is { Language: "csharp", Assembly: null } code
        ? request with { Workload = request.Workload with { Code = code with { Assembly = Convert.ToBase64String(Compile(code)) } } }
        : request;

    /// <summary>What the user has to know of how the code runs under a strategy; null for nothing.</summary>
    public string? Warning(Strategy strategy) =>
        strategy == Strategy.Async && !HasTaskAsync ? $"{File} has no TaskAsync(long index): async ran Task(long index), which blocks the event loop."
        : strategy != Strategy.Async && !HasTask ? $"{File} has no Task(long index): each worker ran TaskAsync(long index) and blocked until it ended."
        : null;

    /// <summary>A worker's own object of the class through which the code is called.</summary>
    /// <exception cref="TrialFailedException">A parameter is missing or does not fit, or the code's own constructor failed.</exception>
    public object Create()
    {
        var constructor = _adapter.GetConstructors().Single();
        var arguments = constructor.GetParameters().Select((parameter, position) => position == 0 ? (Func<object?, ulong>)TaskResult.Of : Argument(parameter)).ToArray();
        try
        {
            return constructor.Invoke(arguments);
        }
        catch (TargetInvocationException exception)
        {
            throw Failed("its fields cannot be initialised", exception.InnerException!);
        }
    }

    /// <summary>Of an error in code that is no task.</summary>
    public TrialFailedException Failed(string what, Exception exception)
    {
        var cause = exception is TypeInitializationException { InnerException: { } inner } ? inner : exception;
        return new TrialFailedException($"{File}: {what}: {cause.GetType().Name}: {cause.Message}", cause.ToString());
    }

    private object? Argument(ParameterInfo parameter)
    {
        if (_code.Params?.TryGetValue(parameter.Name!, out var value) != true)
        {
            return parameter.HasDefaultValue
                ? parameter.DefaultValue
                : throw new TrialFailedException($"{File}: the code has a parameter '{parameter.Name}', and the experiment has none of that name; give it in workload.params or matrix.params, or give the parameter a default value");
        }

        var type = parameter.ParameterType;
        try
        {
            return type == typeof(object) ? (value.TryGetLong(out var whole) ? whole : value.IsNumber ? value.AsDouble() : value.Text)
                : type == typeof(string) ? value.Text
                : type == typeof(bool) ? bool.Parse(value.Text)
                : value.IsNumber || type == typeof(decimal) ? Convert.ChangeType(Number(value, type), type, CultureInfo.InvariantCulture)
                : throw new FormatException();
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or InvalidCastException)
        {
            throw new TrialFailedException($"{File}: the parameter '{parameter.Name}' is {value.Text}, which is no {type.Name} in the range that the code takes");
        }
    }

    private static object Number(ParameterValue value, Type type) =>
        type == typeof(double) || type == typeof(float) ? value.AsDouble()
        : type == typeof(decimal) ? decimal.Parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture)
        : value.TryGetLong(out var whole) ? whole : throw new FormatException();

    private static byte[] Compile(TrialCode code)
    {
        var compiled = CSharpCompiler.Compile(code.File, code.Source);
        return compiled.Assembly ?? throw new TrialFailedException(compiled.Failure(code.File), compiled.Detail(code.File));
    }
}
