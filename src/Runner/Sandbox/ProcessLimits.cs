using System.Globalization;

namespace Brigade.Runner.Sandbox;

/// <summary>The kernel's limits of a process, which all that it starts inherits.</summary>
internal static unsafe class ProcessLimits
{
    private const int StackBytes = 256 * 1024;
    private const int Cpu = 0, FileSize = 1, Data = 2, Core = 4, Processes = 6, OpenFiles = 7;

    /// <summary>The same as arguments of the program <c>prlimit</c>; none above what this process has, which only root could have more of.</summary>
    public static IEnumerable<string> Arguments(SandboxLimits limits)
    {
        (string Name, int What, long Most)[] all =
        [
            ("cpu", Cpu, limits.CpuSeconds), ("fsize", FileSize, limits.Disk), ("data", Data, limits.Data), ("core", Core, 0), ("nproc", Processes, limits.Processes), ("nofile", OpenFiles, limits.OpenFiles),
        ];
        return [.. all.Select(limit => string.Create(CultureInfo.InvariantCulture, $"--{limit.Name}={Math.Min(limit.Most, OwnMost(limit.What))}"))];
    }

    private static long OwnMost(int what)
    {
        var limit = stackalloc long[2];
        return SystemCall.Invoke(SystemCall.LimitProcess, 0, what, 0, (nint)limit) == 0 && limit[1] >= 0 ? limit[1] : long.MaxValue;
    }

    /// <summary>Sets them on a process that has not begun to work.</summary>
    /// <param name="user">The user that it alone is; null where it is the runner's, whose other processes count too, so that their number has to be added.</param>
    /// <exception cref="SandboxException">The kernel refuses.</exception>
    public static void Set(int process, SandboxLimits limits, int? user)
    {
        if (user is not { } number)
        {
            SetAll(process, limits, OfMachine());
            return;
        }

        // Only its own user may limit a process: not even root in a container, as a rule. A thread can be somebody else for a moment, and then it ends.
        Exception? problem = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    SandboxLock.Become(number);
                    SetAll(process, limits, others: 0);
                }
                catch (SandboxException exception)
                {
                    problem = exception;
                }
            },
            StackBytes)
        { IsBackground = true, Name = "limits of a trial" };
        thread.Start();
        thread.Join();
        if (problem is not null)
        {
            throw problem;
        }
    }

    private static void SetAll(int process, SandboxLimits limits, int others)
    {
        Set(process, Cpu, limits.CpuSeconds);
        Set(process, FileSize, limits.Disk);
        Set(process, Data, limits.Data);
        Set(process, Core, 0);
        Set(process, Processes, limits.Processes + others);
        Set(process, OpenFiles, limits.OpenFiles);
    }

    private static void Set(int process, int what, long most)
    {
        var limit = stackalloc long[2];
        if (SystemCall.Invoke(SystemCall.LimitProcess, process, what, 0, (nint)limit) != 0)
        {
            throw SandboxException.Of("the limits of the trial cannot be read");
        }

        // Without privilege a limit can only become lower; -1 stands for none.
        limit[1] = limit[1] < 0 ? most : Math.Min(limit[1], most);
        limit[0] = limit[1];
        if (SystemCall.Invoke(SystemCall.LimitProcess, process, what, (nint)limit) != 0)
        {
            throw SandboxException.Of("the limits of the trial cannot be set");
        }
    }

    /// <summary>Processes and threads of the machine: at least those of one user, and one number to read instead of all processes to look at.</summary>
    private static int OfMachine()
    {
        const int RunningAndTotal = 3;
        var fields = File.ReadAllText("/proc/loadavg").Split(' ');
        return fields.Length > RunningAndTotal && int.TryParse(fields[RunningAndTotal].Split('/')[^1], CultureInfo.InvariantCulture, out var total) ? total : 0;
    }
}
