using System.Runtime.InteropServices;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Sandbox;

/// <summary>What of the machine a trial in a sandbox may read: the system's programs and libraries, the runtimes, and nobody's data.</summary>
internal static class SandboxPaths
{
    private static readonly string[] System =
    [
        "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store", "/proc", "/sys/devices/system", "/sys/fs/cgroup", "/sys/kernel/mm",
        "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives", "/etc/localtime", "/etc/timezone", "/etc/locale.alias", "/etc/os-release", "/etc/passwd", "/etc/group",
        "/etc/nsswitch.conf", "/etc/hosts", "/etc/host.conf", "/etc/resolv.conf", "/etc/services", "/etc/protocols", "/etc/mime.types", "/etc/magic", "/etc/inputrc", "/etc/bash.bashrc", "/etc/profile",
        "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/pki/tls/certs", "/etc/ca-certificates", "/etc/fonts", "/etc/python3", "/etc/dotnet", "/etc/crypto-policies", "/etc/terminfo",
    ];

    private static readonly string[] PartsOfAnInstallation = ["bin", "lib", "lib64", "libexec", "include", "pyvenv.cfg"];

    /// <summary>Where things are that any trial needs, as far as they exist.</summary>
    private static readonly Lazy<IReadOnlyList<string>> Common = new(() => Existing([.. System, .. Installed(SearchPlaces.OfThisMachine())]));

    public static IReadOnlyList<string> Devices { get; } = [.. new[] { "/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom" }.Where(File.Exists)];

    /// <summary>Everything that the trial of a host may read.</summary>
    public static IReadOnlyList<string> For(HostCommand command)
    {
        var files = command.Arguments.Prepend(command.FileName).Where(text => Path.IsPathRooted(text) && File.Exists(text)).ToList();
        var more = files.Select(Path.GetDirectoryName).OfType<string>().Concat(files.SelectMany(InstallationOf)).Append(HostFiles.Home);
        return [.. Common.Value, .. Existing(command.Environment.TryGetValue("DOTNET_ROOT", out var root) ? more.Append(root) : more)];
    }

    /// <summary>The installation that a program belongs to, where it is one.</summary>
    private static IEnumerable<string> InstallationOf(string program) =>
        new[] { program, SearchPlaces.RealPath(program) }.Distinct(StringComparer.Ordinal).SelectMany(path => Beside(Path.GetDirectoryName(path) ?? "/"));

    /// <summary>A directory of programs, and what belongs to them beside it.</summary>
    private static IEnumerable<string> Beside(string directory) => Path.GetFileName(directory) == "bin" && Path.GetDirectoryName(directory) is { } root
        ? PartsOfAnInstallation.Select(part => Path.Combine(root, part))
        : [directory];

    private static IEnumerable<string> Installed(SearchPlaces places) =>
        [.. places.Directories().SelectMany(Beside), places.PyenvRoot, places.NvmRoot, AtHome(".local/lib"), Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."))];

    private static string AtHome(string path) => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path);

    private static List<string> Existing(IEnumerable<string> paths)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return [.. paths.Distinct(StringComparer.Ordinal).Where(path => path.Length > 1 && !IsWithin(home, path) && (Directory.Exists(path) || File.Exists(path)))];
    }

    /// <summary>Whether a path is a directory or above it: a program that lies in the home directory itself does not open that.</summary>
    private static bool IsWithin(string path, string directory) => path.Length > 0 && (path + "/").StartsWith(directory.TrimEnd('/') + "/", StringComparison.Ordinal);
}
