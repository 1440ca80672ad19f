using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Brigade.Contracts;

namespace Brigade.Web.Runners;

/// <summary>How the embedded runner is started.</summary>
internal static class RunnerCommand
{
    private const string Name = "Brigade.Runner";

    /// <summary>
    /// What the runner gets of this server's environment. Everything else stays here: configuration takes secrets under many names
    /// (in any case, with prefixes), and measured code runs as the same user as the runner, which can read its environment.
    /// </summary>
    private static readonly string[] Inherited =
    [
        "PATH", "PATHEXT", "HOME", "USER", "LOGNAME", "USERPROFILE", "SystemRoot", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TMP", "TEMP",
        "LD_LIBRARY_PATH", "PYENV_ROOT", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR",
        "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "DOTNET_CLI_HOME", "DOTNET_ROLL_FORWARD", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT",
        "BRIGADE_TRUST_CODE", "BRIGADE_SANDBOX",
    ];

    /// <summary>Beside this program, where the build puts it.</summary>
    public static string Directory { get; } = Path.Combine(AppContext.BaseDirectory, "runner");

    public static ProcessStartInfo Create()
    {
        var start = new ProcessStartInfo
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Directory,
        };

        // The runtime that runs this program runs the runner too, also where it is not installed for everybody.
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        if (File.Exists(dotnet))
        {
            start.FileName = dotnet;
            start.ArgumentList.Add(Path.Combine(Directory, Name + ".dll"));
        }
        else
        {
            start.FileName = Path.Combine(Directory, OperatingSystem.IsWindows() ? Name + ".exe" : Name);
        }

        start.ArgumentList.Add("agent");
        start.ArgumentList.Add("--embedded");

        start.Environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>The first line of the runner's standard input. A token in the arguments could be read by everybody on the machine.</summary>
    public static string Greeting(string server, string token, string data) => JsonSerializer.Serialize(new { Server = server, Token = token, Data = data }, BrigadeJson.Options);
}
