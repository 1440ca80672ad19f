using Brigade.Runner.Code.CSharp;
using Brigade.Runner.Commands;
using Brigade.Runner.TrialHosts.DotNet;
using Brigade.Runner.TrialHosts.DotNet.Channels;
using Brigade.Runner.TrialHosts.DotNet.Children;
using Brigade.Runner.TrialHosts.DotNet.Kernels;

// The trial host comes before anything else loads: its start-up time is part of every trial.
if (args is ["trial"])
{
    return TrialHost.Run();
}

if (args is ["trial-worker"])
{
    return TrialWorker.Run();
}

if (args is ["trial-peer", var peer])
{
    return PeerProcess.Run(peer);
}

if (args is ["trial-manager"])
{
    return ManagerServer.Run();
}

if (args is ["trial-server", var kind, var address])
{
    return KernelServer.Run(kind, address);
}

if (args is [CompilerServer.Verb])
{
    return CompilerServer.Run();
}

// Idle pool threads must not spin: beside two busy workers on two processors that cost the workers 2,000 switches a second. The trial
// host above keeps .NET's own setting, because its pool is what is measured.
AppContext.SetData("System.Threading.ThreadPool.UnfairSemaphoreSpinLimit", "0");
return CommandLine.RunAsync(args).GetAwaiter().GetResult();
