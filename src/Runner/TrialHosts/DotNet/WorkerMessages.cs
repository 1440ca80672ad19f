using System.Runtime.InteropServices;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>From the host to a worker process: run tasks with consecutive indices. The payload of each task follows.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct WorkerCommand(long First, long Deadline, int Count, int IsRecorded);

/// <summary>
/// From a worker process to the host: what was done since the last reply. The task records, the payloads of the tasks and some texts
/// (errors as JSON, or why the worker failed), each with its length in front, follow.
/// </summary>
/// <param name="Records">The number of task records; 0 in a phase that is not recorded.</param>
/// <param name="BusyNs">From when the command was read to the end of its last task: what the feeder judges the length of tasks by.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct WorkerReply(
    ReplyKind Kind, int Tasks, int Errors, int Records, ulong Checksum, long BusyNs, long CompiledMethods, int PayloadBytes, int Texts);

internal enum ReplyKind
{
    /// <summary>More replies to the same command follow.</summary>
    Partial,

    /// <summary>The command is done.</summary>
    Final,

    /// <summary>The worker is up; comes first.</summary>
    Up,

    /// <summary>The worker cannot go on; the text says why.</summary>
    Failed,
}
