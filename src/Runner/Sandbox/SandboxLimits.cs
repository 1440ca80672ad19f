using Brigade.Contracts.Spec;

namespace Brigade.Runner.Sandbox;

/// <summary>How much a trial in a sandbox may take.</summary>
/// <param name="Memory">Bytes of all its processes together.</param>
/// <param name="Processes">Processes and threads together.</param>
/// <param name="OpenFiles">Of each process.</param>
/// <param name="Disk">Bytes of all files that it writes together.</param>
/// <param name="Output">Bytes that it prints.</param>
/// <param name="CpuSeconds">Processor time of each process.</param>
internal sealed record SandboxLimits(long Memory, int Processes, int OpenFiles, long Disk, long Output, int CpuSeconds)
{
    /// <summary>The most of one process, beyond what the trial may have: address space that is asked for is not memory that is used.</summary>
    private const long DataAllowance = 512L << 20;

    private const long LeastMemory = 256L << 20;

    /// <summary>The memory that one process may ask for. The sum of what is really used is watched from outside.</summary>
    public long Data => (Memory * 2) + DataAllowance;

    /// <summary>Of one cell of a spec: what the spec asks for, at most what the runner gives.</summary>
    /// <param name="machineMemory">Bytes of memory that the runner may use.</param>
    public static SandboxLimits Of(LimitsSpec limits, int workers, long machineMemory)
    {
        const int ProcessesBeside = 256, ProcessesPerWorker = 24, FilesBeside = 1024, FilesPerWorker = 16;
        var most = Math.Max(LeastMemory, machineMemory / 2);
        var cpu = limits.TrialTimeout.TotalSeconds * Environment.ProcessorCount;
        return new SandboxLimits(
            Math.Min(limits.Memory ?? most, machineMemory == 0 ? long.MaxValue / 4 : most),
            Math.Min(limits.Processes ?? int.MaxValue, ProcessesBeside + (ProcessesPerWorker * workers)),
            FilesBeside + (FilesPerWorker * workers),
            Math.Min(limits.Disk ?? LimitsSpec.MostDisk, LimitsSpec.MostDisk),
            Math.Min(limits.Output ?? LimitsSpec.MostOutput, LimitsSpec.MostOutput),
            (int)Math.Min(int.MaxValue, Math.Ceiling(limits.CpuTime?.TotalSeconds ?? cpu) + 1));
    }
}
