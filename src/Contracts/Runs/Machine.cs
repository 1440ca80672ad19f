namespace Brigade.Contracts.Runs;

/// <summary>The machine that a run was measured on.</summary>
/// <param name="Cores">Processors that the runner may use.</param>
/// <param name="Governor">CPU frequency governor; empty where the kernel does not tell.</param>
/// <param name="LoadAverage">One-minute load average when the run began.</param>
public sealed record Machine(string Host, int Cores, long MemoryBytes, string Os, string Cpu, string Governor, double LoadAverage, IReadOnlyList<RuntimeInfo> Runtimes)
{
    /// <summary>Processors that were busy with other work just before the first trial, 0 to <see cref="Cores"/>; 0 where it was not measured. Unlike <see cref="LoadAverage"/> it does not hold what ran a minute ago.</summary>
    public double OtherLoad { get; init; }

    /// <summary>Version of Brigade's runner that measured; empty where a runner of before this was stored did.</summary>
    public string Version { get; init; } = "";

    /// <summary>Processors that the control group's quota allows, such as 1.5; null where there is no quota.</summary>
    public double? ProcessorLimit { get; init; }

    /// <summary>Memory that the control group allows; null where it sets no limit.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Processors that the runner may use, in the kernel's list form such as <c>0-3,8</c>; empty where the kernel does not tell.</summary>
    public string CpuSet { get; init; } = "";

    /// <summary>How users' code was kept from the machine; null where a runner of before this was stored measured.</summary>
    public Isolation? Isolation { get; init; }
}

/// <summary>One runtime that the runner found.</summary>
/// <param name="Id">The name that a spec uses: <c>dotnet</c>, <c>python3.11</c>, <c>python3.13t</c>, <c>node20</c>.</param>
/// <param name="Gil">Whether a global interpreter lock is in force; null where the runtime has no such thing.</param>
/// <param name="Language">The name of its kind (<see cref="Spec.RuntimeKind.Name"/>).</param>
/// <param name="IsDefault">Whether a spec's plain <c>python</c> or <c>node</c> means this one.</param>
public sealed record RuntimeInfo(string Id, string Language, string Version, string Path, bool? Gil, bool IsDefault);
