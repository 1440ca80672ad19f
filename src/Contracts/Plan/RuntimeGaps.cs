using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Plan;

/// <summary>What a spec asks for and a runtime does not have: its cells are dropped, with the reason, instead of failing one by one.</summary>
internal static class RuntimeGaps
{
    /// <summary>Why none of a runtime's cells can run, as the end of a sentence; null where nothing is in the way.</summary>
    public static string? Find(ExperimentSpec spec, string runtime)
    {
        if (!RuntimeNames.CanRun(spec.Workload, runtime))
        {
            return $"the workload's code is {spec.Workload.Code?.Language}, which does not run on {runtime}.";
        }

        return RuntimeCatalogue.Of(runtime) is not { } kind ? null
            : spec.Workload.Kernel is { } kernel && kind.Kernels?.Contains(kernel, StringComparer.Ordinal) == false ? $"{kind.Title} does not have the kernel {kernel}."
            : Workload(spec.Workload) is { } workload && !kind.Workloads.Contains(workload, StringComparer.Ordinal) ? $"{kind.Title} does not have the workload {workload}."
            : null;
    }

    /// <summary>Why none of the cells of a strategy can run on a runtime; null where nothing is in the way.</summary>
    public static string? Find(string runtime, Strategy strategy) =>
        RuntimeCatalogue.Of(runtime) is { } kind && !kind.Strategies.Contains(strategy) ? $"{kind.Title} does not have the strategy {EnumName.Of(strategy)}." : null;

    /// <summary>The channels of a matrix that a runtime has.</summary>
    public static IEnumerable<Channel> Channels(MatrixSpec matrix, string runtime) =>
        matrix.Channel.Distinct().Where(channel => RuntimeCatalogue.Of(runtime)?.Channels.Contains(channel) != false);

    /// <summary>Why channels of a matrix are missing on a runtime.</summary>
    public static string MissingChannels(MatrixSpec matrix, string runtime) =>
        $"{RuntimeCatalogue.Of(runtime)?.Title} does not have the channel {string.Join(" or ", matrix.Channel.Distinct().Except(Channels(matrix, runtime)).Select(EnumName.Of))}.";

    private static string? Workload(WorkloadSpec workload) => workload switch
    {
        { Http: not null } => "http",
        { Sql: not null } => "sql",
        { Command: not null } => "command",
        _ => null,
    };
}
