using System.Runtime.InteropServices;

namespace Brigade.Runner.Sandbox;

/// <summary>What files take of the disk, as the file system counts it: a file with holes is as large as what was written to it.</summary>
internal static unsafe class DiskUsage
{
    /// <summary>Where programs share memory by name. It is memory, and no limit of a process counts it.</summary>
    public const string SharedMemory = "/dev/shm";

    private const int HereDirectory = -100, DoNotFollow = 0x100, BlockBytes = 512;
    private const uint Everything = 0x7FF;

    private static readonly EnumerationOptions AllButLinks = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Bytes of all files below a directory.</summary>
    /// <param name="owner">Of those of this user alone; null for all.</param>
    public static long Of(string directory, int? owner = null) => Files(directory, owner).Sum(file => file.Bytes);

    /// <summary>The files below a directory, without those that links lead to.</summary>
    public static IEnumerable<(string Path, long Bytes)> Files(string directory, int? owner = null)
    {
        IEnumerator<string> paths;
        try
        {
            paths = Directory.EnumerateFileSystemEntries(directory, "*", AllButLinks).GetEnumerator();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        using (paths)
        {
            while (MovesOn(paths))
            {
                if (TryStatus(paths.Current, DoNotFollow, out var status) && (owner is null || status.Owner == owner))
                {
                    yield return (paths.Current, status.Blocks * BlockBytes);
                }
            }
        }
    }

    /// <summary>Bytes of the files without a name that processes hold open, memory among them. Only those whose descriptors may be looked at.</summary>
    public static long OfNameless(IEnumerable<int> processes)
    {
        var seen = new HashSet<(ulong, uint)>();
        var bytes = 0L;
        foreach (var process in processes)
        {
            foreach (var descriptor in Descriptors(process))
            {
                if (TryStatus(descriptor, 0, out var status) && status.Links == 0 && status.IsFile && seen.Add((status.Number, status.DeviceMinor)))
                {
                    bytes += status.Blocks * BlockBytes;
                }
            }
        }

        return bytes;
    }

    /// <summary>The user that a file, or a process's directory in /proc, belongs to; null where it is gone.</summary>
    public static int? OwnerOf(string path) => TryStatus(path, DoNotFollow, out var status) ? status.Owner : null;

    /// <summary>The permissions of what a path leads to, as the kernel keeps them; null where there is nothing.</summary>
    public static int? ModeOf(string path) => TryStatus(path, 0, out var status) ? status.Mode : null;

    private static string[] Descriptors(int process)
    {
        try
        {
            return Directory.GetFiles($"/proc/{process}/fd");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // it has ended, or is not ours to look into
        }
    }

    private static bool MovesOn(IEnumerator<string> paths)
    {
        try
        {
            return paths.MoveNext();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // what was listed is deleted under our hands
        }
    }

    private static bool TryStatus(string path, int flags, out Status status)
    {
        status = default;
        var name = Marshal.StringToCoTaskMemUTF8(path);
        try
        {
            fixed (Status* place = &status)
            {
                return SystemCall.Invoke(SystemCall.Status, HereDirectory, name, flags, (nint)Everything, (nint)place) == 0;
            }
        }
        finally
        {
            Marshal.FreeCoTaskMem(name);
        }
    }

    /// <summary>What <c>statx</c> fills in.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        private const int KindOfFile = 0xF000, RegularFile = 0x8000;

        [FieldOffset(16)]
        public uint Links;

        [FieldOffset(20)]
        public int Owner;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Number;

        [FieldOffset(48)]
        public long Blocks;

        [FieldOffset(140)]
        public uint DeviceMinor;

        public readonly bool IsFile => (Mode & KindOfFile) == RegularFile;
    }
}
