using System.Globalization;
using System.Text.Json;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using ClusterMember = Brigade.Data.Entities.ClusterMember;

namespace Brigade.Web.Cluster.Nodes;

/// <summary>The list of nodes in Brigade's own database, by its own migrations; see decision 23.</summary>
internal sealed class MembershipTable(IServiceScopeFactory scopes) : IMembershipTable
{
    public Task InitializeMembershipTable(bool tryInitTableVersion) => UseAsync(async store =>
    {
        await store.InitializeAsync();
        return true;
    });

    public Task DeleteMembershipTableEntries(string clusterId) => UseAsync(async store =>
    {
        await store.ClearAsync();
        return true;
    });

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => UseAsync(async store =>
    {
        await store.ForgetAsync(nameof(SiloStatus.Dead), beforeDate);
        return true;
    });

    public async Task<MembershipTableData> ReadRow(SiloAddress key) => Data(await UseAsync(store => store.ReadAsync(key.ToParsableString())));

    public async Task<MembershipTableData> ReadAll() => Data(await UseAsync(store => store.ReadAsync()));

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => UseAsync(store => store.AddAsync(Row(entry), Number(tableVersion.VersionEtag)));

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        UseAsync(store => store.UpdateAsync(Row(entry), Number(etag), Number(tableVersion.VersionEtag)));

    public Task UpdateIAmAlive(MembershipEntry entry) => UseAsync(async store =>
    {
        await store.AliveAsync(entry.SiloAddress.ToParsableString(), Moment(entry.IAmAliveTime));
        return true;
    });

    private static MembershipTableData Data(ClusterList list) =>
        new([.. list.Members.Select(member => Tuple.Create(Entry(member), Tag(member.Revision)))], new TableVersion(list.Version, Tag(list.Version)));

    private static MembershipEntry Entry(ClusterMember member) => new()
    {
        SiloAddress = SiloAddress.FromParsableString(member.Silo),
        Status = Enum.Parse<SiloStatus>(member.Status),
        HostName = member.HostName,
        SiloName = member.Name,
        StartTime = member.StartedAt.UtcDateTime,
        IAmAliveTime = member.AliveAt.UtcDateTime,
        SuspectTimes = [.. JsonSerializer.Deserialize<Suspicion[]>(member.Suspicions)!.Select(suspicion => Tuple.Create(SiloAddress.FromParsableString(suspicion.By), suspicion.At.UtcDateTime))],
    };

    private static ClusterMember Row(MembershipEntry entry) => new()
    {
        Silo = entry.SiloAddress.ToParsableString(),
        Status = entry.Status.ToString(),
        HostName = entry.HostName ?? "",
        Name = entry.SiloName ?? "",
        StartedAt = Moment(entry.StartTime),
        AliveAt = Moment(entry.IAmAliveTime),
        Suspicions = JsonSerializer.Serialize((entry.SuspectTimes ?? []).Select(suspect => new Suspicion(suspect.Item1.ToParsableString(), Moment(suspect.Item2)))),
    };

    private static DateTimeOffset Moment(DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    private static int Number(string tag) => int.Parse(tag, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Tag(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<T> UseAsync<T>(Func<ClusterStore, Task<T>> use)
    {
        await using var scope = scopes.CreateSystemScope(Workspace.DefaultId);
        return await use(scope.ServiceProvider.GetRequiredService<ClusterStore>());
    }

    private sealed record Suspicion(string By, DateTimeOffset At);
}
