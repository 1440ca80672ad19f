using Brigade.Contracts.Network;
using Brigade.Data.Queries;
using Brigade.Web.Hosting;

namespace Brigade.Web.Features.Network;

/// <summary>
/// Whom the runs of the current workspace, and the server on its behalf, may connect to: what its admins list, and this machine's own loopback where only the people at this machine reach the
/// server, or its operator says so.
/// </summary>
internal sealed class OutgoingRules(NetworkStore store, IConfiguration configuration)
{
    /// <summary>The setting with which an operator says whether loopback may be reached; where it is absent, it may as long as the server listens on loopback only.</summary>
    public const string Setting = "Brigade:AllowLoopback";

    public bool AllowsLoopback => configuration.GetValue<bool?>(Setting) ?? ListenAddress.IsOwnMachine(configuration);

    public async Task<NetworkRules> RulesAsync(CancellationToken cancellation = default)
    {
        var rules = await store.RulesAsync(cancellation);
        return AllowsLoopback ? rules.WithLoopback() : rules;
    }
}
