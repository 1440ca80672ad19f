using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.TrialHosts.DotNet;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Runtimes;

/// <summary>The .NET that the runner itself runs on; its host is the runner's own executable.</summary>
internal sealed class DotNetRuntime : IRuntime
{
    public RuntimeKind Kind => RuntimeCatalogue.DotNet;

    public Task<IReadOnlyList<RuntimeInfo>> FindAsync(SearchPlaces places, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<RuntimeInfo>>(
        [new RuntimeInfo(Kind.Name, Kind.Name, Environment.Version.ToString(), Environment.ProcessPath ?? "dotnet", Gil: null, IsDefault: true)]);

    public HostCommand CommandFor(RuntimeInfo installation) => new(TrialHost.Command.File, TrialHost.Command.Arguments, TrialHost.Environment);

    public string Mend(string wanted) => "use one of those";
}
