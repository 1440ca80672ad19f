using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Web.Access;

namespace Brigade.Web.Runners;

/// <summary>How the embedded runner is started.</summary>
internal static class RunnerCommand
{
    private const string Name = "Brigade.Runner";

    /// <summary>Beside this program, where the build puts it.</summary>
    public static string Directory { get; } = Path.Combine(AppContext.BaseDirectory, "runner");

    public static bool Exists => File.Exists(Path.Combine(Directory, Name + ".dll"));

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

        // Measured code must not find the server's secrets.
        start.Environment.Remove(AccessTokens.Variable);
        start.Environment.Remove("ConnectionStrings__Brigade");
        return start;
    }

    /// <summary>The first line of the runner's standard input. A token in the arguments could be read by everybody on the machine.</summary>
    public static string Greeting(string server, string token, string data) => JsonSerializer.Serialize(new { Server = server, Token = token, Data = data }, BrigadeJson.Options);
}
