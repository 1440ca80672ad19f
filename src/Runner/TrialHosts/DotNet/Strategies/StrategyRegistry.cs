using System.Text.Json;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet.Strategies;

/// <summary>All strategies of the .NET host.</summary>
internal static class StrategyRegistry
{
    /// <exception cref="TrialFailedException">The host does not have the strategy.</exception>
    public static IStrategy Create(TrialRequest request, byte[] line, RecordSender sender, WorkerLosses losses) => request.Strategy switch
    {
        Strategy.Sequential => new Sequential(request, sender),
        Strategy.Threads => new Threads(request, sender),
        Strategy.Async => new AsyncLoop(request, sender),
        Strategy.Pool => new Pool(request, sender),
        Strategy.Processes => new Processes(request, line, sender, losses),
        _ => throw new TrialFailedException($"The .NET trial host does not support the strategy {JsonNamingPolicy.KebabCaseLower.ConvertName(request.Strategy.ToString())} yet."),
    };
}
