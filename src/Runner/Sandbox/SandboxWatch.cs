using System.Globalization;
using Brigade.Contracts.Spec;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Sandbox;

/// <summary>Watches what no limit of the kernel counts: the files of a trial together, those without a name, and what it prints.</summary>
internal sealed class SandboxWatch(Box box, TrialProcess process, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(300);

    private readonly int _owner = box.User ?? DiskUsage.OwnerOf("/proc/self") ?? 0;
    private long _sharedBefore = -1;
    private long _looked;

    /// <summary>Looks, from time to time.</summary>
    /// <returns>What the trial took too much of, as a sentence that goes on; null where nothing.</returns>
    public string? Look()
    {
        if (process.Stderr.Written > box.Limits.Output)
        {
            return $"printed more than {Units.FormatSize(box.Limits.Output)}, the most that limits.output allows";
        }

        if (_sharedBefore < 0)
        {
            (_sharedBefore, _looked) = (box.User is null ? Shared() : 0, time.GetTimestamp());
        }

        if (time.GetElapsedTime(_looked) < Period)
        {
            return null;
        }

        _looked = time.GetTimestamp();
        var used = DiskUsage.Of(process.ScratchDirectory) + Math.Max(0, Shared() - _sharedBefore) + DiskUsage.OfNameless(ProcessTree.WithDescendants(process.Id));
        return used > box.Limits.Disk
            ? string.Create(CultureInfo.InvariantCulture, $"wrote {used / 1048576.0:0.#} MiB to files, more than the {Units.FormatSize(box.Limits.Disk)} of limits.disk")
            : null;
    }

    /// <summary>In namespaces of its own a trial has a memory for files of its own, which can be seen through any of its processes.</summary>
    private long Shared() => box.Level == 1
        ? DiskUsage.Of($"/proc/{ProcessTree.WithDescendants(process.Id)[^1]}/root{DiskUsage.SharedMemory}")
        : DiskUsage.Of(DiskUsage.SharedMemory, _owner);
}
