using System.Runtime.InteropServices;

namespace Brigade.Runner.Protocol;

/// <summary>One measured task, exactly as it crosses the pipe: 32 bytes, little-endian. Times are nanoseconds of <c>CLOCK_MONOTONIC</c>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = SizeInBytes)]
public readonly record struct TaskRecord
{
    public const int SizeInBytes = 32;

    private readonly ushort _worker;
    private readonly ushort _outcome;
    private readonly uint _reserved;
    private readonly long _intended;
    private readonly long _start;
    private readonly long _end;

    /// <param name="worker">From 0.</param>
    /// <param name="isError">Whether the task ended with an error.</param>
    /// <param name="intended">When an open load meant the task to start; 0 for a closed load.</param>
    /// <param name="start">When the task started.</param>
    /// <param name="end">When the task ended.</param>
    public TaskRecord(int worker, bool isError, long intended, long start, long end)
    {
        _worker = (ushort)worker;
        _outcome = isError ? (ushort)1 : (ushort)0;
        _reserved = 0;
        _intended = intended;
        _start = start;
        _end = end;
    }

    public int Worker => _worker;

    /// <summary>0 done, 1 error; anything else is a host's mistake.</summary>
    public int Outcome => _outcome;

    public bool IsError => _outcome != 0;

    /// <summary>0 for a closed load.</summary>
    public long Intended => _intended;

    public long Start => _start;

    public long End => _end;
}
