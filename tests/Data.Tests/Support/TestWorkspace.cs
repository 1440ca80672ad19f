using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Brigade.Data.Tests.Support;

/// <summary>A new workspace and what the product would be given to work in it.</summary>
public sealed class TestWorkspace : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TestWorkspace(string? connectionString, string dataDirectory, Guid id)
    {
        Id = id;
        Me = new Member(id);
        _services = new ServiceCollection()
            .AddSingleton<IWorkspaceScope>(Me)
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<ICellSummaries>(new SimpleSummaries())
            .AddSingleton<ISecretCipher>(new FakeCipher())
            .AddBrigadeData(connectionString, dataDirectory)
            .BuildServiceProvider(validateScopes: true);
    }

    public Guid Id { get; }

    public Member Me { get; }

    public AuditStore Audit => _services.GetRequiredService<AuditStore>();

    public MembershipStore Members => _services.GetRequiredService<MembershipStore>();

    public InvitationStore Invitations => _services.GetRequiredService<InvitationStore>();

    public WorkspaceStore Workspaces => _services.GetRequiredService<WorkspaceStore>();

    public QuotaStore Quotas => _services.GetRequiredService<QuotaStore>();

    public AccountStore Accounts => _services.GetRequiredService<AccountStore>();
    public ApiKeyStore Keys => _services.GetRequiredService<ApiKeyStore>();

    public ApiKeyDirectory KeyDirectory => _services.GetRequiredService<ApiKeyDirectory>();

    public IdempotencyStore Repeats => _services.GetRequiredService<IdempotencyStore>();

    public HappeningStore Happenings => _services.GetRequiredService<HappeningStore>();

    public WebhookStore Webhooks => _services.GetRequiredService<WebhookStore>();

    public DeliveryStore Deliveries => _services.GetRequiredService<DeliveryStore>();
    public ClusterStore Cluster => _services.GetRequiredService<ClusterStore>();

    public GrainStore Grains => _services.GetRequiredService<GrainStore>();

    public EntryLinkStore Links => _services.GetRequiredService<EntryLinkStore>();

    public WorkspaceDirectory Directory => _services.GetRequiredService<WorkspaceDirectory>();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public ExperimentStore Experiments => _services.GetRequiredService<ExperimentStore>();

    public ImportStore Imports => _services.GetRequiredService<ImportStore>();

    public RunStore Runs => _services.GetRequiredService<RunStore>();

    public SecretStore Secrets => _services.GetRequiredService<SecretStore>();

    public NetworkStore Network => _services.GetRequiredService<NetworkStore>();

    public TrendStore Trends => _services.GetRequiredService<TrendStore>();

    public ChangeStore Changes => _services.GetRequiredService<ChangeStore>();

    public RetentionStore Retention => _services.GetRequiredService<RetentionStore>();

    public BaselineStore Baselines => _services.GetRequiredService<BaselineStore>();

    public ComparisonStore Comparisons => _services.GetRequiredService<ComparisonStore>();

    public ShareStore Shares => _services.GetRequiredService<ShareStore>();

    public ShareDirectory ShareDirectory => _services.GetRequiredService<ShareDirectory>();

    public CommentStore Comments => _services.GetRequiredService<CommentStore>();

    public StarStore Stars => _services.GetRequiredService<StarStore>();

    public ScheduleStore Schedules => _services.GetRequiredService<ScheduleStore>();

    public ScheduleDirectory ScheduleDirectory => _services.GetRequiredService<ScheduleDirectory>();

    public static async Task<TestWorkspace> CreateAsync(string? connectionString, string dataDirectory)
    {
        var workspace = new TestWorkspace(connectionString, dataDirectory, Guid.CreateVersion7());
        await using var db = workspace.Context();
        db.Workspaces.Add(new Workspace { Id = workspace.Id, Name = "Test", CreatedAt = workspace.Clock.GetUtcNow() });
        await db.SaveChangesAsync();
        return workspace;
    }

    public BrigadeDbContext Context() => _services.GetRequiredService<IDbContextFactory<BrigadeDbContext>>().CreateDbContext();

    /// <summary>A person who belongs here.</summary>
    public async Task<Guid> AddMemberAsync(string name, WorkspaceRole role)
    {
        var user = await AddUserAsync(name);
        await using var db = Context();
        db.Memberships.Add(new Membership { UserId = user, Role = role, Since = Clock.GetUtcNow() });
        await db.SaveChangesAsync();
        return user;
    }

    /// <summary>A person who belongs nowhere yet.</summary>
    public async Task<Guid> AddUserAsync(string name, bool isDisabled = false)
    {
        await using var db = Context();
        var user = User.Create(name, Clock.GetUtcNow());
        user.Disabled = isDisabled;
        db.Users.Add(user);
        await db.SaveChangesAsync();
        return user.Id;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>Whoever works here: an owner, unless a test says otherwise.</summary>
    public sealed class Member(Guid workspaceId) : IWorkspaceScope
    {
        public Guid WorkspaceId { get; set; } = workspaceId;

        public WorkspaceRole Role { get; set; } = WorkspaceRole.Owner;

        public string ActorId { get; set; } = "u1";

        public string ActorName { get; set; } = "Ada";
    }
}
