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
    public static IKernel Create(TrialRequest request, int worker) => request.Workload switch
    {
        { Code.Language: "csharp" } => new UserKernel(request),
        { Code: { } code } => throw new TrialFailedException($"The .NET trial host does not run {code.Language} code; it runs C#."),
        _ => throw new TrialFailedException("The .NET trial host does not know this workload."),
    };

    /// <summary>What the user has to know of how the workload ran.</summary>
    public static IEnumerable<string> Warnings(TrialRequest request)
    {
        if (request.Workload.Code is { Language: "csharp" } code && UserCode.Of(code).Warning(request.Strategy) is { } warning)
        {
            yield return warning;
        }
    }
}
