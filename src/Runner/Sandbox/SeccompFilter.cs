using System.Runtime.InteropServices;

namespace Brigade.Runner.Sandbox;

/// <summary>What a filter has to know of the trial that it is for.</summary>
/// <param name="Runner">The runner's process, which the trial may not send signals to; 0 where it cannot see it.</param>
/// <param name="Group">The process group that the trial is put into as it starts, and the process that holds it; 0 where it may choose for itself.</param>
/// <param name="Connects">Whether it may connect Unix sockets: to sockets of its own, and to those of others that the user it runs as may connect to.</param>
/// <param name="Network">Whether it may have sockets of the internet.</param>
internal sealed record FilterOptions(int Runner, int Group, bool Connects, bool Network);

/// <summary>
/// The kernel's filter of system calls, as the bytes that it takes. A call that is refused fails with an error, as it does where a program lacks a permission; nothing is killed for asking.
/// Calls whose arguments do not matter cost nothing: the kernel notes their verdict when the filter is set.
/// </summary>
internal static class SeccompFilter
{
    private const uint Allow = 0x7FFF_0000;
    private const uint Kill = 0x8000_0000;
    private const uint Error = 0x0005_0000;

    private const uint NotPermitted = Error | 1;
    private const uint NoAccess = Error | 13;
    private const uint NoSuchCall = Error | 38;

    /// <summary>The call seems to have worked and did nothing.</summary>
    private const uint Pretend = Error;

    private const uint NumberOffset = 0, ArchitectureOffset = 4, FirstArgumentOffset = 16;
    private const uint ArchitectureX64 = 0xC000_003E, ArchitectureArm64 = 0xC000_00B7;

    /// <summary>Numbers from here on are of a second table of calls, which x64 processors have.</summary>
    private const uint SecondTable = 0x4000_0000;

    private const uint NewNamespaces = 0x7E02_0000;
    private const uint UnixFamily = 1, InternetFamily = 2, NetlinkFamily = 16, InternetFamily6 = 10;
    private const uint SocketKinds = 0xF, DatagramSocket = 2;
    private const uint PushIntoTerminal = 0x5412, ControlConsole = 0x541C;

    /// <summary>Makes the filter.</summary>
    public static byte[] Build(FilterOptions options)
    {
        var program = new BpfProgram()
            .Load(ArchitectureOffset)
            .IfEqual(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? ArchitectureArm64 : ArchitectureX64, skipIfSo: 1)
            .Return(Kill)
            .Load(NumberOffset)
            .IfAtLeast(SecondTable, skipIfNot: 1)
            .Return(NoSuchCall);
        foreach (var call in DeniedCalls.All)
        {
            On(program, call, new BpfProgram().Return(NotPermitted));
        }

        AddProcesses(program, options);
        AddSockets(program, options);
        On(program, SystemCall.Number(16, 29), WhereArgument(1, [PushIntoTerminal, ControlConsole], NotPermitted, Allow)); // ioctl
        return program.Return(Allow).ToBytes();
    }

    private static void AddProcesses(BpfProgram program, FilterOptions options)
    {
        // clone3 keeps its flags where a filter cannot see them; told that there is no such call, the C library uses clone.
        On(program, 435, new BpfProgram().Return(NoSuchCall));
        On(program, SystemCall.Number(56, 220), new BpfProgram().Load(Argument(0)).And(NewNamespaces).IfEqual(0, skipIfNot: 1).Return(Allow).Return(NotPermitted));

        // Whoever cannot leave its process group dies with it. That setsid and setpgid seem to work keeps programs going that want a session of their own for other reasons.
        if (options.Group != 0)
        {
            On(program, SystemCall.Number(112, 157), new BpfProgram().Return(Pretend));
            On(program, SystemCall.Number(109, 154), new BpfProgram()
                .Load(Argument(0)).IfEqual(0, skipIfNot: 2)
                .Load(Argument(1)).IfEqual((uint)options.Group, skipIfSo: 1)
                .Return(Pretend)
                .Return(Allow));
        }

        if (options.Runner == 0)
        {
            return;
        }

        // The limits and the life of other processes of the same user, above all the runner's: prlimit64; kill, tgkill, tkill, rt_sigqueueinfo, rt_tgsigqueueinfo, pidfd_open
        On(program, SystemCall.Number(302, 261), WhereArgument(0, [0], Allow, NotPermitted));
        foreach (var call in new[] { (62, 129), (234, 131), (200, 130), (129, 138), (297, 240), (434, 434) })
        {
            On(program, SystemCall.Number(call.Item1, call.Item2), WhereArgument(0, [(uint)options.Runner, (uint)Math.Max(options.Group, 1), uint.MaxValue], NotPermitted, Allow));
        }
    }

    private static void AddSockets(BpfProgram program, FilterOptions options)
    {
        var socket = options switch
        {
            { Network: true } => WhereArgument(0, [UnixFamily, InternetFamily, InternetFamily6, NetlinkFamily], Allow, NoAccess),
            { Connects: true } => WhereArgument(0, [UnixFamily], Allow, NoAccess),

            // A socket for datagrams reaches others without being connected.
            _ => new BpfProgram()
                .Load(Argument(0)).IfEqual(UnixFamily, skipIfNot: 4)
                .Load(Argument(1)).And(SocketKinds).IfEqual(DatagramSocket, skipIfSo: 1)
                .Return(Allow)
                .Return(NoAccess),
        };
        On(program, SystemCall.Number(41, 198), socket);
        if (!options.Connects && !options.Network)
        {
            On(program, SystemCall.Number(42, 203), new BpfProgram().Return(NoAccess)); // connect
        }
    }

    /// <summary>What happens at one call; the number is loaded before and after.</summary>
    private static void On(BpfProgram program, int call, BpfProgram then) => program.IfEqual((uint)call, skipIfNot: (byte)then.Length).Append(then);

    private static BpfProgram WhereArgument(int index, ReadOnlySpan<uint> values, uint verdict, uint otherwise)
    {
        var program = new BpfProgram().Load(Argument(index));
        foreach (var value in values)
        {
            program.IfEqual(value, skipIfNot: 1).Return(verdict);
        }

        return program.Return(otherwise);
    }

    /// <summary>The lower half of an argument, which is all of those that are compared here.</summary>
    private static uint Argument(int index) => FirstArgumentOffset + (8 * (uint)index);
}
