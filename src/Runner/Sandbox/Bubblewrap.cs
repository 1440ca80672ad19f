using System.Globalization;
using System.IO.Pipes;
using Brigade.Runner.Trials;
using Microsoft.Win32.SafeHandles;

namespace Brigade.Runner.Sandbox;

/// <summary>
/// The first level: a trial in namespaces of its own, made by bubblewrap, with a root directory that has what it may read and nothing else, no processes but its own and no network.
/// The filter of system calls and the limits are those of the second level.
/// </summary>
internal static class Bubblewrap
{
    /// <summary>Where bubblewrap finds the filter.</summary>
    private const int FilterDescriptor = 11;

    private static readonly string[] Places = ["/usr/bin", "/bin", "/usr/local/bin"];
    private static readonly string[] MadeAnew = ["/proc", "/dev"];

    private static readonly Lazy<Tools?> Found = new(() => Find("bwrap") is { } bwrap && Find("prlimit") is { } prlimit && Find("setpriv") is { } setpriv ? new Tools(bwrap, prlimit, setpriv) : null);

    /// <summary>Why it cannot be tried here; null where it can.</summary>
    public static string? Missing => Found.Value is not null ? null
        : Find("bwrap") is null ? "bubblewrap is not installed"
        : "the programs prlimit and setpriv of util-linux are not installed";

    /// <summary>The start of a trial as the start of its box.</summary>
    /// <param name="filter">See <see cref="SeccompFilter"/>.</param>
    /// <exception cref="SandboxException">The programs are not there.</exception>
    public static WrappedStart Wrap(HostStart start, Box box, byte[] filter)
    {
        var tools = Found.Value ?? throw new SandboxException(Missing!);
        var descriptor = Pipe(filter);
        var readable = Outermost(box.Readable);
        List<string> arguments =
        [
            .. Namespaces(box),
            .. Above([.. readable, start.Directory]).SelectMany(path => new[] { "--perms", "0755", "--dir", path }),
            .. readable.SelectMany(path => new[] { "--ro-bind-try", path, path }),
            "--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--size", Text(box.Limits.Disk), "--tmpfs", DiskUsage.SharedMemory,
            "--bind", start.Directory, start.Directory, "--chdir", start.Directory, "--remount-ro", "/dev", "--remount-ro", "/",
            "--seccomp", Text(FilterDescriptor), "--",
            tools.Limit, .. ProcessLimits.Arguments(box.Limits), .. box.User is { } user ? Become(tools, user) : [],
            start.File, .. start.Arguments,
        ];
        return new WrappedStart(start with { File = tools.Bubblewrap, Arguments = arguments, Passed = new PassedDescriptor(descriptor, FilterDescriptor) });
    }

    /// <summary>
    /// Where the runner is root it needs no namespace of users to make the others, and then each trial can be a user of its own that owns its files outside, too. Not the namespace of control groups:
    /// runtimes read from there how much memory and processor there is. Of root's rights stay, until it is the trial's user, those to become it and to enter its directory.
    /// </summary>
    private static IEnumerable<string> Namespaces(Box box)
    {
        string[] common = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--cap-drop", "ALL"];
        return box.User is null ? ["--unshare-user", "--disable-userns", .. common] : [.. common, "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_DAC_READ_SEARCH"];
    }

    private static string[] Become(Tools tools, int user) => [tools.Become, "--reuid", Text(user), "--regid", Text(user), "--clear-groups", "--inh-caps", "-all"];

    /// <summary>Without what lies within another one, and what the box has anew.</summary>
    private static List<string> Outermost(IReadOnlyList<string> paths)
    {
        List<string> kept = [];
        foreach (var path in paths.Select(path => path.TrimEnd('/')).Order(StringComparer.Ordinal).Where(path => path.Length > 0))
        {
            if (!kept.Concat(MadeAnew).Any(other => path == other || path.StartsWith(other + "/", StringComparison.Ordinal)))
            {
                kept.Add(path);
            }
        }

        return kept;
    }

    /// <summary>The directories that lead to some paths, those above first: what bubblewrap makes itself on the way is closed to all but its own user.</summary>
    private static List<string> Above(IReadOnlyList<string> paths)
    {
        var above = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            for (var directory = Path.GetDirectoryName(path); directory is { Length: > 1 } && !paths.Contains(directory, StringComparer.Ordinal); directory = Path.GetDirectoryName(directory))
            {
                above.Add(directory);
            }
        }

        return [.. above];
    }

    /// <summary>A pipe that holds the filter, which fits into it; the descriptor to read it from.</summary>
    private static int Pipe(byte[] filter)
    {
        var (read, write) = ProcessSpawn.CreatePipe();
        using var stream = new AnonymousPipeClientStream(PipeDirection.Out, new SafePipeHandle(write, ownsHandle: true));
        stream.Write(filter);
        return read;
    }

    private static string? Find(string program) => Places.Select(place => Path.Combine(place, program)).FirstOrDefault(File.Exists);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Tools(string Bubblewrap, string Limit, string Become);
}

/// <summary>A start that holds a descriptor until the process has it.</summary>
internal sealed record WrappedStart(HostStart Start) : IDisposable
{
    public void Dispose() => ProcessSpawn.Close(Start.Passed!.From);
}
