using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Orleans.GrainDirectory;

namespace Brigade.Web.Cluster.Nodes;

/// <summary>Which node has which grain, in the database: two nodes that disagree about who is alive still cannot both own a run.</summary>
internal sealed class GrainDirectory(IServiceScopeFactory scopes) : IGrainDirectory
{
    public Task<GrainAddress?> Register(GrainAddress address) => Register(address, previousAddress: null);

    public async Task<GrainAddress?> Register(GrainAddress address, GrainAddress? previousAddress) =>
        Address(await UseAsync(store => store.RegisterAsync(Row(address), previousAddress is null ? null : Row(previousAddress))));

    public Task Unregister(GrainAddress address) => UseAsync(async store =>
    {
        await store.UnregisterAsync(Row(address));
        return true;
    });

    public async Task<GrainAddress?> Lookup(GrainId grainId) => await UseAsync(store => store.FindAsync(grainId.ToString())) is { } row ? Address(row) : null;

    public Task UnregisterSilos(List<SiloAddress> siloAddresses) => UseAsync(async store =>
    {
        await store.ForgetAsync(siloAddresses.ConvertAll(silo => silo.ToParsableString()));
        return true;
    });

    private static GrainRegistration Row(GrainAddress address) => new()
    {
        Grain = address.GrainId.ToString(),
        Activation = address.ActivationId.ToParsableString(),
        Silo = address.SiloAddress!.ToParsableString(),
        MembershipVersion = address.MembershipVersion.Value,
    };

    private static GrainAddress Address(GrainRegistration row) => new()
    {
        GrainId = GrainId.Parse(row.Grain, null),
        ActivationId = ActivationId.FromParsableString(row.Activation),
        SiloAddress = SiloAddress.FromParsableString(row.Silo),
        MembershipVersion = new MembershipVersion(row.MembershipVersion),
    };

    private async Task<T> UseAsync<T>(Func<GrainStore, Task<T>> use)
    {
        await using var scope = scopes.CreateSystemScope(Workspace.DefaultId);
        return await use(scope.ServiceProvider.GetRequiredService<GrainStore>());
    }
}
