using Brigade.Runner.Commands;
using Brigade.Runner.TrialHosts.DotNet;

// The trial host comes before anything else loads: its start-up time is part of every trial.
if (args is ["trial"])
{
    return TrialHost.Run();
}

if (args is ["trial-worker"])
{
    return TrialWorker.Run();
}

return CommandLine.RunAsync(args).GetAwaiter().GetResult();
