using Brigade.Contracts.Messages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Brigade.Runner.Code.CSharp;

/// <summary>The methods of the user's code that the engine calls. Their names count whatever their case and underscores are: <c>TaskAsync</c>, <c>task_async</c>.</summary>
internal sealed class EntryPoints
{
    private readonly CSharpSource _source;
    private readonly List<CodeProblem> _problems = [];

    private EntryPoints(CSharpSource source) => _source = source;

    /// <summary>The class or struct that has them.</summary>
    public INamedTypeSymbol Type { get; private set; } = null!;

    /// <summary><c>Task(long index)</c>; null where there is none.</summary>
    public IMethodSymbol? Task { get; private set; }

    /// <summary><c>TaskAsync(long index)</c>; null where there is none.</summary>
    public IMethodSymbol? TaskAsync { get; private set; }

    /// <summary>Runs once in each worker before its first task.</summary>
    public IMethodSymbol? Setup { get; private set; }

    /// <summary>Runs once in each worker after its last task.</summary>
    public IMethodSymbol? Teardown { get; private set; }

    /// <summary>The parameters that take their values from the experiment, each name once.</summary>
    public List<IParameterSymbol> Parameters { get; } = [];

    public IEnumerable<IMethodSymbol> All => new[] { Task, TaskAsync, Setup, Teardown }.OfType<IMethodSymbol>();

    /// <summary>Looks for them.</summary>
    /// <param name="problems">Why they cannot be called; the result is of no use then.</param>
    public static EntryPoints Find(CSharpSource source, Compilation compilation, out IReadOnlyList<CodeProblem> problems)
    {
        var found = new EntryPoints(source);
        problems = found._problems;
        var types = Types(compilation.Assembly.GlobalNamespace).Where(type => Methods(type, "task").Concat(Methods(type, "taskasync")).Any()).ToList();
        var wrapper = types.Find(type => type.Name == source.WrapperName);
        if (types.Count == 0)
        {
            found.Complain(new TextSpan(0, 0), "the code defines neither 'static ulong Task(long index)' nor 'static async Task<ulong> TaskAsync(long index)'");
        }
        else if (types.Count > 1 && wrapper is null)
        {
            found.Complain(Place(types[1]), $"both {types[0].Name} and {types[1].Name} have a method Task or TaskAsync; only one class may");
        }
        else
        {
            found.Take(wrapper ?? types[0]);
        }

        return found;
    }

    /// <summary>Whether a method answers something that is awaited.</summary>
    public static bool IsAwaited(IMethodSymbol method) =>
        method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } } };

    private void Take(INamedTypeSymbol type)
    {
        Type = type;
        Task = One("task");
        TaskAsync = One("taskasync");
        Setup = One("setup") ?? One("setupasync");
        Teardown = One("teardown") ?? One("teardownasync");
        if (Task is { } task && IsAwaited(task))
        {
            Complain(Place(task), "a method that answers a Task has to be named TaskAsync; Task is for plain methods");
        }

        if (TaskAsync is { } taskAsync && !IsAwaited(taskAsync))
        {
            Complain(Place(taskAsync), "TaskAsync has to answer Task, Task<T>, ValueTask or ValueTask<T>");
        }

        foreach (var method in All)
        {
            CheckCallable(method);
            TakeParameters(method, hasIndex: ReferenceEquals(method, Task) || ReferenceEquals(method, TaskAsync));
        }
    }

    private IMethodSymbol? One(string name)
    {
        var methods = Methods(Type, name).ToList();
        if (methods.Count > 1)
        {
            Complain(Place(methods[1]), $"there is more than one method {Name(methods[0])}; which one runs?");
        }

        return methods.FirstOrDefault();
    }

    private void CheckCallable(IMethodSymbol method)
    {
        if (method.ReturnType.IsRefLikeType || method.RefKind != RefKind.None || method.ReturnType.TypeKind == TypeKind.Pointer)
        {
            Complain(Place(method), $"{Name(method)} cannot answer {method.ReturnType.ToDisplayString()}; a number, a text, bytes or nothing can be compared between runtimes");
        }

        if (method.IsGenericMethod || method.ContainingType.IsGenericType)
        {
            Complain(Place(method), $"{Name(method)} is generic; the engine would not know for which type to call it");
        }

        var isWrapped = Type.Name == _source.WrapperName;
        if (!isWrapped && (!IsReachable(method) || IsHidden(Type)))
        {
            Complain(Place(method), $"{Name(method)} cannot be reached from outside of its class; make it and the class public");
        }

        if (!method.IsStatic && (Type.IsAbstract || (Type.TypeKind == TypeKind.Class && !Type.InstanceConstructors.Any(constructor => constructor.Parameters.IsEmpty && (isWrapped || IsReachable(constructor))))))
        {
            Complain(Place(method), $"{Name(method)} is not static, and {Type.Name} cannot be made with 'new {Type.Name}()'; make the method static, or give the class a public constructor without parameters");
        }
    }

    private void TakeParameters(IMethodSymbol method, bool hasIndex)
    {
        if (hasIndex && !method.Parameters.IsEmpty && !IsIndex(method.Parameters[0]))
        {
            Complain(Place(method.Parameters[0]), $"the first parameter of {Name(method)} is the task's index; make it 'long index'");
        }

        foreach (var parameter in method.Parameters.Skip(hasIndex ? 1 : 0))
        {
            if (parameter.RefKind is not (RefKind.None or RefKind.In) || !AdapterText.IsParameterType(parameter.Type))
            {
                Complain(Place(parameter), $"the parameter '{parameter.Name}' is a {parameter.Type.ToDisplayString()}; a parameter of an experiment is a number, a bool or a string");
            }

            var known = Parameters.Find(other => other.Name == parameter.Name);
            if (known is null)
            {
                Parameters.Add(parameter);
            }
            else if (!SymbolEqualityComparer.Default.Equals(known.Type, parameter.Type))
            {
                Complain(Place(parameter), $"the parameter '{parameter.Name}' is a {parameter.Type.ToDisplayString()} here and a {known.Type.ToDisplayString()} in {Name((IMethodSymbol)known.ContainingSymbol)}");
            }
            else if (!known.HasExplicitDefaultValue && parameter.HasExplicitDefaultValue)
            {
                Parameters[Parameters.IndexOf(known)] = parameter;
            }
        }
    }

    private void Complain(TextSpan span, string message) => _problems.Add(_source.Own(span, message));

    /// <summary>The name as the user wrote it: see <see cref="CSharpSource"/>.</summary>
    private static string Name(IMethodSymbol method) => string.Equals(method.Name, nameof(Task), StringComparison.OrdinalIgnoreCase) ? nameof(Task) : method.Name;

    private static bool IsIndex(IParameterSymbol parameter) =>
        parameter.RefKind == RefKind.None && parameter.Type.SpecialType is SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Int32 or SpecialType.System_UInt32;

    private static bool IsReachable(ISymbol symbol) => symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    private static bool IsHidden(INamedTypeSymbol type) => !IsReachable(type) || (type.ContainingType is { } outer && IsHidden(outer));

    private static IEnumerable<IMethodSymbol> Methods(INamedTypeSymbol type, string name) => type.GetMembers().OfType<IMethodSymbol>()
        .Where(method => method.MethodKind == MethodKind.Ordinary && string.Equals(method.Name.Replace("_", "", StringComparison.Ordinal), name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) => container.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member))
        .Where(type => type.TypeKind is TypeKind.Class or TypeKind.Struct);

    private static TextSpan Place(ISymbol symbol) => symbol.Locations[0].SourceSpan;
}
