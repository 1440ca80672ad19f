using System.Runtime.InteropServices;
using Brigade.Runner.TrialHosts.DotNet.Channels;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>
/// What each worker process says about itself in memory that the host sees too, so that it is known of a process that was killed:
/// which tasks it had taken. A place outlives the processes that have it one after the other.
/// </summary>
internal sealed unsafe class WorkerBoard : IDisposable
{
    private readonly SharedMemory _memory;

    private WorkerBoard(SharedMemory memory) => _memory = memory;

    public int Descriptor => _memory.Descriptor;

    public static WorkerBoard Create(int workers) => new(SharedMemory.Create((long)workers * sizeof(Place)));

    /// <summary>The same in a worker process, by an inherited descriptor.</summary>
    public static WorkerBoard Open(int descriptor, int workers) => new(SharedMemory.Map(descriptor, (long)workers * sizeof(Place)));

    public ref Place this[int worker] => ref ((Place*)_memory.Start)[worker];

    public void Dispose() => _memory.Dispose();

    [StructLayout(LayoutKind.Explicit, Size = 128)]
    internal struct Place
    {
        /// <summary>The commands that it has taken so far; written when the fields of the last are.</summary>
        [FieldOffset(0)]
        public long Taken;

        /// <summary>The number of tasks of the last command.</summary>
        [FieldOffset(8)]
        public int Count;

        /// <summary>Whether they are measured.</summary>
        [FieldOffset(12)]
        public int IsRecorded;

        /// <summary>The measured tasks that it has started, where it has faults.</summary>
        [FieldOffset(16)]
        public long Started;
    }
}
