using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Brigade.Runner.Code.CSharp;

/// <summary>
/// The class that is compiled beside the user's code and through which the engine calls it: one object for each worker, with the parameters' values in fields and
/// the result as the number of the checksum, with no boxing on the way where it is one.
/// </summary>
internal static class AdapterText
{
    /// <summary>The name of the class.</summary>
    public const string ClassName = "BrigadeAdapter";

    // These are what `UserKernel` looks for.
    public const string Run = "Run";
    public const string RunAsync = "RunAsync";
    public const string Value = "Value";
    public const string ValueAsync = "ValueAsync";
    public const string Setup = "Setup";
    public const string Teardown = "Teardown";

    private static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>Whether an experiment's parameter can be handed over as this type.</summary>
    public static bool IsParameterType(ITypeSymbol type) => type.SpecialType is
        SpecialType.System_Boolean or SpecialType.System_String or SpecialType.System_Object or SpecialType.System_Decimal or SpecialType.System_Single or SpecialType.System_Double
        or (>= SpecialType.System_SByte and <= SpecialType.System_UInt64);

    /// <summary>The text of the class.</summary>
    /// <param name="wrapper">The class that it is put into, so that it reaches what is private there; null for none.</param>
    public static string Of(EntryPoints entry, string? wrapper)
    {
        var text = new StringBuilder();
        var isInside = wrapper is not null && string.Equals(entry.Type.Name, wrapper, StringComparison.Ordinal);
        text.AppendLine(isInside ? $"partial class {wrapper} {{" : "");
        text.AppendLine($"[global::System.Diagnostics.StackTraceHidden] public sealed class {ClassName} {{");
        text.AppendLine("private readonly global::System.Func<object, ulong> brigadeHash;");
        foreach (var parameter in entry.Parameters)
        {
            text.AppendLine($"private readonly {parameter.Type.ToDisplayString(Full)} @{parameter.Name};");
        }

        var type = entry.Type.ToDisplayString(Full);
        if (entry.All.Any(method => !method.IsStatic))
        {
            text.AppendLine($"private readonly {type} brigadeTarget = new {type}();");
        }

        AppendConstructor(text, entry);
        AppendTask(text, entry.Task);
        AppendTaskAsync(text, entry.TaskAsync);
        AppendOther(text, Setup, entry.Setup);
        AppendOther(text, Teardown, entry.Teardown);
        return text.AppendLine(isInside ? "} }" : "}").ToString();
    }

    private static void AppendConstructor(StringBuilder text, EntryPoints entry)
    {
        text.Append($"public {ClassName}(global::System.Func<object, ulong> brigadeHash");
        foreach (var parameter in entry.Parameters.OrderBy(parameter => parameter.HasExplicitDefaultValue))
        {
            text.Append($", {parameter.Type.ToDisplayString(Full)} @{parameter.Name}{(parameter.HasExplicitDefaultValue ? $" = {Literal(parameter)}" : "")}");
        }

        text.AppendLine(") { this.brigadeHash = brigadeHash;");
        foreach (var parameter in entry.Parameters)
        {
            text.AppendLine($"this.@{parameter.Name} = @{parameter.Name};");
        }

        text.AppendLine("}");
    }

    private static void AppendTask(StringBuilder text, IMethodSymbol? method)
    {
        if (method is null)
        {
            return;
        }

        var isVoid = method.ReturnsVoid;
        text.AppendLine($"public ulong {Run}(long brigadeIndex) {{ {(isVoid ? $"{Call(method)}; return 0;" : $"return {Number(method.ReturnType, Call(method))};")} }}");
        text.AppendLine($"public object {Value}(long brigadeIndex) {{ {(isVoid ? $"{Call(method)}; return null;" : $"return {Call(method)};")} }}");
    }

    private static void AppendTaskAsync(StringBuilder text, IMethodSymbol? method)
    {
        if (method is null)
        {
            return;
        }

        var result = ((INamedTypeSymbol)method.ReturnType).TypeArguments.FirstOrDefault();
        var awaited = $"(await {Call(method)})";
        text.AppendLine($"public async global::System.Threading.Tasks.ValueTask<ulong> {RunAsync}(long brigadeIndex) {{ {(result is null ? $"await {Call(method)}; return 0;" : $"return {Number(result, awaited)};")} }}");
        text.AppendLine($"public async global::System.Threading.Tasks.Task<object> {ValueAsync}(long brigadeIndex) {{ {(result is null ? $"await {Call(method)}; return null;" : $"return {awaited};")} }}");
    }

    private static void AppendOther(StringBuilder text, string name, IMethodSymbol? method)
    {
        if (method is not null)
        {
            text.AppendLine($"public void {name}() {{ {Call(method, hasIndex: false)}{(EntryPoints.IsAwaited(method) ? ".GetAwaiter().GetResult()" : "")}; }}");
        }
    }

    private static string Call(IMethodSymbol method, bool hasIndex = true)
    {
        var arguments = method.Parameters.Select((parameter, position) =>
            hasIndex && position == 0 ? $"checked(({parameter.Type.ToDisplayString(Full)})brigadeIndex)" : $"@{parameter.Name}: this.@{parameter.Name}");
        return $"{(method.IsStatic ? method.ContainingType.ToDisplayString(Full) : "brigadeTarget")}.@{method.Name}({string.Join(", ", arguments)})";
    }

    /// <summary>Whole numbers modulo 2^64, as Python's are; anything else by its text or bytes.</summary>
    private static string Number(ITypeSymbol type, string value) => type.SpecialType switch
    {
        SpecialType.System_Boolean => $"({value} ? 1UL : 0UL)",
        (>= SpecialType.System_SByte and <= SpecialType.System_UInt64) or SpecialType.System_IntPtr or SpecialType.System_UIntPtr => $"unchecked((ulong){value})",
        _ when type.TypeKind == TypeKind.Enum => $"unchecked((ulong){value})",
        _ => $"this.brigadeHash({value})",
    };

    private static string Literal(IParameterSymbol parameter)
    {
        var value = parameter.ExplicitDefaultValue;
        var literal = value is decimal number ? number.ToString(CultureInfo.InvariantCulture) + "m" : value is null ? "null" : SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false);
        return value is null ? "default" : $"({parameter.Type.ToDisplayString(Full)})({literal})";
    }
}
