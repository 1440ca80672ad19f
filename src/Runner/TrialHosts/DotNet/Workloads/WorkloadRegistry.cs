using Brigade.Contracts.Network;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Kernels;

namespace Brigade.Runner.TrialHosts.DotNet.Workloads;

/// <summary>The workloads that are no built-in kernels.</summary>
internal static class WorkloadRegistry
{
    /// <summary>What is done once in the host, before workers start; the same object where there is nothing to do.</summary>
    /// <exception cref="TrialFailedException">The code does not compile.</exception>
    public static TrialRequest Prepare(TrialRequest request) => request.Workload.Code is { Assembly: null } ? UserCode.Compiled(request) : request;

    /// <summary>The workload of one worker.</summary>
    /// <exception cref="TrialFailedException">The host does not have it, or it cannot be set up.</exception>
    public static IKernel Create(TrialRequest request) => request.Workload switch
    {
        { Http: { } http } => new HttpWorkload(http, request.Network?.Rules),
        { Sql: { } sql } => Sql(sql, request.Network?.Rules),
        { Command: { } command } => new CommandWorkload(command),
        { Code.Language: "csharp" } => new UserKernel(request),
        { Code: { } code } => throw new TrialFailedException($"The .NET trial host does not run {code.Language} code; it runs C#."),
        _ => throw new TrialFailedException("The .NET trial host does not know this workload."),
    };

    /// <summary>Has every worker tear down what the code set up; gives what went wrong, each once.</summary>
    public static IReadOnlyList<string> TearDown(TrialRequest request, IStrategy strategy) => request.Workload.Code is { Language: "csharp" } code && UserCode.Of(code).HasTeardown
        ? [.. UserKernel.TearDownAll().Concat(strategy.TearDown()).Distinct(StringComparer.Ordinal)]
        : [];

    // Databases' libraries load with the method that names them.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static SqlWorkload Sql(TrialSql sql, AddressRules? network) => new(sql, network);

    /// <summary>What the user has to know of how the workload ran.</summary>
    public static IEnumerable<string> Warnings(TrialRequest request)
    {
        if (request.Workload.Code is { Language: "csharp" } code && UserCode.Of(code).Warning(request.Strategy) is { } warning)
        {
            yield return warning;
        }

        if (request.Workload.Sql is { Provider: "sqlite" } && request.Strategy == Brigade.Contracts.Spec.Strategy.Async)
        {
            yield return "SQLite works within the calling thread: async ran each statement on the event loop, which it blocks.";
        }
    }
}
