using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet.Strategies;

/// <summary>All strategies of the .NET host.</summary>
internal static class StrategyRegistry
{
    /// <exception cref="TrialFailedException">It cannot carry what the trial sends.</exception>
    public static IStrategy Create(TrialRequest request, byte[] line, RecordSender sender, WorkerLosses losses) => request.Strategy switch
    {
        Strategy.Sequential => new Sequential(request, sender),
        Strategy.Threads => new Threads(request, sender),
        Strategy.Async => new AsyncLoop(request, sender),
        Strategy.Pool => new Pool(request, sender),
        Strategy.Processes => new Processes(request, line, sender, losses),
        _ => new ProcessPerTask(request, line, sender, losses),
    };
}
