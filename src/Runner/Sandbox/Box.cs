using Brigade.Runner.Trials;

namespace Brigade.Runner.Sandbox;

/// <summary>The sandbox of one trial.</summary>
/// <param name="Readable">Files and directories that it may read and execute, beside its own.</param>
/// <param name="User">The user that it alone runs as; null for the runner's.</param>
/// <param name="PassesDirectories">Whether what it may read is closed to all but the runner's user, so that it needs the right to read it.</param>
internal sealed record Box(IReadOnlyList<string> Readable, SandboxLimits Limits, int? User, bool PassesDirectories)
{
    /// <summary>See <see cref="SandboxState.Level"/>.</summary>
    public int Level { get; init; } = 2;

    /// <summary>Whether it may use the network.</summary>
    public bool Network { get; init; }

    /// <summary>Readies the lock.</summary>
    /// <param name="scratch">The trial's own directory.</param>
    /// <param name="group">The process group that it is to be in.</param>
    /// <exception cref="SandboxException">The kernel refuses.</exception>
    public SandboxLock CreateLock(string scratch, int group)
    {
        var rules = Landlock.Create(Network);
        try
        {
            foreach (var path in Readable)
            {
                rules.AllowReading(path);
            }

            foreach (var device in SandboxPaths.Devices)
            {
                rules.AllowDevice(device);
            }

            rules.AllowEverything(DiskUsage.SharedMemory);
            rules.AllowEverything(scratch);

            // Among its own user's sockets there may be ones that start programs outside of any sandbox.
            return new SandboxLock(rules, SeccompFilter.Build(new FilterOptions(Environment.ProcessId, group, Connects: User is not null, Network)), User, PassesDirectories);
        }
        catch
        {
            rules.Dispose();
            throw;
        }
    }

    /// <summary>The start of a trial in namespaces of its own. There are no processes but its own that it could send signals to or take with it, and no sockets but its own to connect to.</summary>
    /// <exception cref="SandboxException">The programs for it are not there.</exception>
    public WrappedStart Wrap(HostStart start) => Bubblewrap.Wrap(start, this, SeccompFilter.Build(new FilterOptions(Runner: 0, Group: 0, Connects: true, Network)));

    /// <summary>Gives the trial its directory.</summary>
    /// <exception cref="SandboxException">The system refuses.</exception>
    public void Own(string scratch)
    {
        if (User is { } user && SystemCall.ChangeOwner(scratch, user, user) != 0)
        {
            throw SandboxException.Of("the trial's directory cannot be given to its user");
        }
    }

    /// <summary>What the trial's processes have in their environment in place of what others have: no way to the home of the runner's user.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Variables(string scratch)
    {
        yield return KeyValuePair.Create("HOME", scratch);
        yield return KeyValuePair.Create("TMPDIR", scratch);

        // Packages that the runner's user has installed.
        if (Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local") is var packages && Directory.Exists(Path.Combine(packages, "lib")))
        {
            yield return KeyValuePair.Create("PYTHONUSERBASE", packages);
        }

        // Compiled code is written through a second view of memory that counts as a file of 2 TiB, more than any limit.
        yield return KeyValuePair.Create("DOTNET_EnableWriteXorExecute", "0");
    }
}
