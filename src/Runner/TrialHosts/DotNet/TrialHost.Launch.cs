using System.Runtime.InteropServices;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>The file and the first arguments that start a process.</summary>
public sealed record LaunchCommand(string File, IReadOnlyList<string> Arguments);

public static partial class TrialHost
{
    /// <summary>
    /// The variables that the launcher has to set. Tiered compilation is off in the runner, and on here as in any .NET program. Methods with
    /// loops are compiled optimised at once, others after 30 calls, and none is compiled a third time with profile data: so the warm-up
    /// settles within milliseconds and what is measured does not change under the measurement. The calls count after 5 ms without a new
    /// method: without that delay a compiler in the background kept the start waiting. A host leaves no diagnostics socket behind when it is killed. The last says where .NET is.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["DOTNET_TieredCompilation"] = "1",
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_TC_QuickJitForLoops"] = "0",
        ["DOTNET_TC_CallCountingDelayMs"] = "5",
        ["DOTNET_EnableDiagnostics"] = "0",
        ["DOTNET_ROOT"] = DotNetRoot,
    };

    /// <summary>Starts the host on this machine: the Runner's own executable, or <c>dotnet</c> with its assembly where there is none.</summary>
    public static LaunchCommand Command => CommandOf("trial");

    /// <summary>Starts the compiler of the user's C#.</summary>
    internal static LaunchCommand CompilerCommand => CommandOf([Code.CSharp.CompilerServer.Verb]);

    private static string DotNetRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>Starts the Runner's own executable with these arguments.</summary>
    internal static LaunchCommand CommandOf(params IReadOnlyList<string> arguments)
    {
        var assembly = typeof(TrialHost).Assembly.Location;
        var executable = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        return File.Exists(executable) ? new LaunchCommand(executable, arguments) : new LaunchCommand(Path.Combine(DotNetRoot, "dotnet"), [assembly, .. arguments]);
    }
}
