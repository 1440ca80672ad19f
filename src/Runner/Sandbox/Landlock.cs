using System.Runtime.InteropServices;

namespace Brigade.Runner.Sandbox;

/// <summary>
/// The kernel's Landlock: rules about files, TCP ports, signals and abstract Unix sockets that a thread sets on itself and on all that it starts, for good. What no rule allows is refused.
/// Older kernels know fewer kinds of access: what they do not know they do not refuse.
/// </summary>
internal sealed unsafe class Landlock : IDisposable
{
    private const int OnlyPath = 0x20_0000, CloseOnExec = 0x8_0000;
    private const int PathRule = 1;

    private const ulong Execute = 1, WriteFile = 2, ReadFile = 4, ReadDirectory = 8, Truncate = 1 << 14, DeviceControl = 1 << 15;

    /// <summary>What can be said of a file that is no directory.</summary>
    private const ulong OfFiles = Execute | WriteFile | ReadFile | Truncate | DeviceControl;

    private const ulong BindAndConnect = 3, AbstractSocketsAndSignals = 3;

    /// <summary>Kinds of access to files that each version knows: making and removing since the first, moving between directories, truncating, controlling devices.</summary>
    private static readonly ulong[] FileAccess = [0, 0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF];

    private readonly ulong _handled;

    private Landlock(int descriptor, ulong handled) => (Descriptor, _handled) = (descriptor, handled);

    /// <summary>The version of Landlock that the kernel has; 0 where it has none, or it is switched off.</summary>
    public static int Version { get; } = !SystemCall.IsKnown ? 0 : (int)Math.Max(0, SystemCall.Invoke(SystemCall.CreateLandlock, 0, 0, 1));

    /// <summary>Whether signals stay inside.</summary>
    public static bool KeepsSignals => Version >= 6;

    public int Descriptor { get; }

    /// <summary>Starts a set of rules that allows nothing.</summary>
    /// <param name="network">Whether TCP is left alone.</param>
    /// <exception cref="SandboxException">The kernel refuses.</exception>
    public static Landlock Create(bool network)
    {
        var handled = FileAccess[Math.Min(Version, FileAccess.Length - 1)];
        var attributes = stackalloc ulong[] { handled, Version >= 4 && !network ? BindAndConnect : 0, Version >= 6 ? AbstractSocketsAndSignals : 0 };
        var size = Version switch { >= 6 => 24, >= 4 => 16, _ => 8 };
        var descriptor = (int)SystemCall.Invoke(SystemCall.CreateLandlock, (nint)attributes, size);
        return descriptor >= 0 ? new Landlock(descriptor, handled) : throw SandboxException.Of("Landlock rules cannot be made");
    }

    /// <summary>Lets a file, or a directory with all below it, be read and executed. A path that does not exist is nothing to allow.</summary>
    public void AllowReading(string path) => Allow(path, Execute | ReadFile | ReadDirectory);

    /// <summary>Lets a device be used.</summary>
    public void AllowDevice(string path) => Allow(path, ReadFile | WriteFile | DeviceControl);

    /// <summary>Lets everything be done with a directory and all below it.</summary>
    public void AllowEverything(string path) => Allow(path, ulong.MaxValue);

    public void Dispose() => _ = SystemCall.Close(Descriptor);

    private void Allow(string path, ulong access)
    {
        var place = SystemCall.Open(path, OnlyPath | CloseOnExec);
        if (place < 0)
        {
            return;
        }

        try
        {
            var rule = new Rule { Access = access & _handled & (Directory.Exists(path) ? ulong.MaxValue : OfFiles), Place = place };
            if (SystemCall.Invoke(SystemCall.AddLandlockRule, Descriptor, PathRule, (nint)(&rule)) != 0)
            {
                throw SandboxException.Of($"there can be no Landlock rule for {path}");
            }
        }
        finally
        {
            _ = SystemCall.Close(place);
        }
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Rule
    {
        public ulong Access;
        public int Place;
    }
}
