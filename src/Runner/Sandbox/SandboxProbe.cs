using System.ComponentModel;
using System.Globalization;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Sandbox;

/// <summary>Finds out which sandbox holds here: it locks a small program in and lets it try what it must not be able to do.</summary>
internal static class SandboxProbe
{
    private const int Holds = 7;

    /// <summary>Exit codes of the program: what it could do though it must not, or could not do though it must.</summary>
    private static readonly Dictionary<int, string> Holes = new()
    {
        [21] = "a program that was locked in could still read a file outside of its directory",
        [22] = "a program that was locked in could still write outside of its directory",
        [23] = "a program that was locked in cannot write to its own directory",
        [24] = "a program that was locked in could still read the runner's environment",
        [25] = "a program in namespaces of its own could still see the machine's processes",
    };

    /// <summary>Opens without running anything: the shell does it itself.</summary>
    private const string Script =
        """
        if (exec 3<"$1/secret") 2>/dev/null; then exit 21; fi
        if (exec 3>"$1/written") 2>/dev/null; then exit 22; fi
        if ! (exec 3>"$0/written") 2>/dev/null; then exit 23; fi
        if (exec 3<"/proc/$2/environ") 2>/dev/null; then exit 24; fi
        if [ "$2" = 0 ] && [ $$ -gt 20 ]; then exit 25; fi
        exit 7
        """;

    /// <summary>With <c>2</c> in it the first level is not used.</summary>
    public const string LevelVariable = "BRIGADE_SANDBOX";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly Lazy<SandboxState> Found = new(() => Choose(Environment.GetEnvironmentVariable(LevelVariable)));

    /// <summary>What holds; found out once in the life of the process, in some 10 ms.</summary>
    public static SandboxState State => Found.Value;

    /// <summary>The first level where it holds, else the second, which says why the first does not.</summary>
    private static SandboxState Choose(string? wanted)
    {
        if (wanted == "2")
        {
            return Try(Environment.IsPrivilegedProcess);
        }

        var (first, reason) = TryFirst(Environment.IsPrivilegedProcess);
        if (first is not null)
        {
            return first;
        }

        var second = Try(Environment.IsPrivilegedProcess);
        return second.Level == 0 ? second : second with { Text = $"{second.Text} (level 1 does not hold: {reason})" };
    }

    /// <summary>Finds out anew whether the first level holds, and why not.</summary>
    /// <param name="isRoot">Whether the runner may become another user.</param>
    internal static (SandboxState? State, string Reason) TryFirst(bool isRoot)
    {
        if ((!SystemCall.IsKnown ? "only Linux has namespaces" : Bubblewrap.Missing) is { } missing)
        {
            return (null, missing);
        }

        var directory = Directory.CreateTempSubdirectory("brigade-probe-").FullName;
        try
        {
            return TryIn(directory, isRoot, level: 1) is { } problem
                ? (null, problem)
                : (new SandboxState(1, $"level 1, bubblewrap and seccomp, {(isRoot ? "own user per trial" : "as the runner's user")}", isRoot), "");
        }
        finally
        {
            Scratch.Delete(directory);
        }
    }

    /// <summary>Finds out anew whether the second level holds.</summary>
    /// <param name="isRoot">Whether the runner may become another user.</param>
    internal static SandboxState Try(bool isRoot)
    {
        if (!SystemCall.IsKnown)
        {
            return None("only Linux on x64 and Arm64 processors can lock a process in", "use such a machine");
        }

        if (Landlock.Version == 0)
        {
            return None("this kernel has no Landlock, or it is switched off", "use Linux 5.13 or newer with 'landlock' among its security modules (kernel option lsm=)");
        }

        var directory = Directory.CreateTempSubdirectory("brigade-probe-").FullName;
        try
        {
            return TryIn(directory, isRoot, level: 2) is { } problem
                ? None(isRoot ? $"{problem} as a user of its own, without which nothing limits what root starts" : problem, isRoot ? "let the runner change its user, or do not run it as root" : "use a newer kernel")
                : new SandboxState(2, string.Create(CultureInfo.InvariantCulture, $"level 2, Landlock {Landlock.Version} and seccomp, {(isRoot ? "own user per trial" : "as the runner's user")}"), isRoot);
        }
        finally
        {
            Scratch.Delete(directory);
        }
    }

    /// <summary>Why it does not hold; null where it does.</summary>
    private static string? TryIn(string directory, bool isRoot, int level)
    {
        var own = Directory.CreateDirectory(Path.Combine(directory, "own")).FullName;
        File.WriteAllText(Path.Combine(directory, "secret"), "secret");
        if (!OperatingSystem.IsWindows())
        {
            // It is not the permissions that are tried.
            File.SetUnixFileMode(own, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
        }

        var box = new Box(["/bin", "/usr", "/lib", "/lib64", "/proc"], SandboxLimits.Of(new(), workers: 1, machineMemory: 0), isRoot ? OwnUser.Next() : null, isRoot && !OwnUser.IsOpenToAll(directory)) { Level = level };
        try
        {
            using var group = new TrialGroup();
            box.Own(own);

            // In a namespace of its own, the runner's number would be somebody else's.
            var runner = level == 1 ? 0 : Environment.ProcessId;
            using var process = Start(
                new HostStart("/bin/sh", ["-c", Script, own, directory, runner.ToString(CultureInfo.InvariantCulture)], new Dictionary<string, string>(StringComparer.Ordinal), own, group.Id), box);
            var ended = Task.WhenAny(process.Exited, Task.Delay(Patience)).GetAwaiter().GetResult() == process.Exited;
            _ = Linux.Kill(-group.Id, Linux.Sigkill);
            return !ended ? "a program that was locked in does not end"
                : process.Exited.GetAwaiter().GetResult() is var code && code == Holds ? null
                : Holes.GetValueOrDefault(code) ?? string.Create(CultureInfo.InvariantCulture, $"a program that was locked in cannot run ({Complaint(process) ?? $"exit code {code}"})");
        }
        catch (Exception exception) when (exception is Win32Exception or SandboxException or IOException)
        {
            return $"a program cannot be locked in: {exception.Message}";
        }
    }

    /// <summary>The last thing that it wrote to standard error, which has ended with it.</summary>
    private static string? Complaint(HostProcess process)
    {
        const int Longest = 200;
        using var reader = new StreamReader(process.Error);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() is { } line ? line[..Math.Min(line.Length, Longest)] : null;
    }

    private static HostProcess Start(HostStart start, Box box)
    {
        if (box.Level == 1)
        {
            using var wrapped = box.Wrap(start);
            return HostProcess.Start(wrapped.Start);
        }

        using var locked = box.CreateLock(start.Directory, start.Group ?? 0);
        var process = HostProcess.Start(start, locked: locked);
        try
        {
            ProcessLimits.Set(process.Id, box.Limits, box.User);
        }
        catch (SandboxException) when (process.Exited.IsCompleted)
        {
            // It was quicker.
        }

        return process;
    }

    private static SandboxState None(string reason, string mend) => new(0, $"none: {reason}", OwnUser: false, mend);
}
