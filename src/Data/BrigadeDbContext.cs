using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Brigade.Data;

/// <summary>
/// The model, and the border between workspaces: every query sees the rows of <see cref="WorkspaceId"/> only, and only such rows are written.
/// Get one per operation from the factory.
/// </summary>
public abstract class BrigadeDbContext(DbContextOptions options) : IdentityUserContext<User, Guid>(options), IDataProtectionKeyContext
{
    /// <summary>Name of the query filter that every entity with a workspace has.</summary>
    public const string WorkspaceFilter = "Workspace";

    private TimeProvider? _clock;

    /// <summary>The workspace this context works in. Empty (no row matches) unless the context came from a workspace's factory.</summary>
    public Guid WorkspaceId => Scope.WorkspaceId;

    /// <summary>Who works with this context, and with which role.</summary>
    public IWorkspaceScope Scope { get; private set; } = FixedWorkspaceScope.None;

    /// <summary>Whether something was noted, for the audit log or for whoever wants to know, and not saved yet.</summary>
    internal bool HasUnsavedNotes { get; private set; }

    public DbSet<Workspace> Workspaces => Set<Workspace>();

    public DbSet<Experiment> Experiments => Set<Experiment>();

    public DbSet<ExperimentVersion> ExperimentVersions => Set<ExperimentVersion>();

    public DbSet<Run> Runs => Set<Run>();

    public DbSet<RunDocument> RunDocuments => Set<RunDocument>();

    public DbSet<Trial> Trials => Set<Trial>();

    public DbSet<SeriesSegment> SeriesSegments => Set<SeriesSegment>();

    public DbSet<LatencyHistogram> LatencyHistograms => Set<LatencyHistogram>();

    public DbSet<CellPoint> CellPoints => Set<CellPoint>();

    public DbSet<ExperimentCell> ExperimentCells => Set<ExperimentCell>();

    public DbSet<Change> Changes => Set<Change>();

    public DbSet<ExaminationDue> ExaminationsDue => Set<ExaminationDue>();

    public DbSet<Baseline> Baselines => Set<Baseline>();

    public DbSet<Annotation> Annotations => Set<Annotation>();

    public DbSet<WorkspaceSettings> WorkspaceSettings => Set<WorkspaceSettings>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<RunUse> RunUses => Set<RunUse>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<StoredSecret> Secrets => Set<StoredSecret>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();

    public DbSet<Happening> Happenings => Set<Happening>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
    public DbSet<ShareLink> ShareLinks => Set<ShareLink>();

    public DbSet<RunComment> RunComments => Set<RunComment>();

    public DbSet<Mention> Mentions => Set<Mention>();

    public DbSet<RunStar> RunStars => Set<RunStar>();

    public DbSet<Schedule> Schedules => Set<Schedule>();
    /// <summary>What cookies and forms are protected with; the same for all nodes.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<ClusterVersion> ClusterVersions => Set<ClusterVersion>();

    public DbSet<ClusterMember> ClusterMembers => Set<ClusterMember>();

    public DbSet<GrainRegistration> GrainRegistrations => Set<GrainRegistration>();

    public DbSet<EntryLink> EntryLinks => Set<EntryLink>();

    /// <summary>Notes who did what, to be saved with what was done; call it within the transaction that does it.</summary>
    /// <param name="action">A noun and a verb, for example <c>run.deleted</c>.</param>
    /// <param name="subject">An id, or a name where there is none.</param>
    /// <param name="detail">What a reader wants to know of it; never a secret.</param>
    public void Audit(string action, string subject, string detail = "")
    {
        var now = (_clock ?? TimeProvider.System).GetUtcNow();
        Add(new AuditEntry
        {
            Id = Guid.CreateVersion7(now), At = now, ActorId = Scope.ActorId, ActorName = Scope.ActorName, Action = action,
            Subject = StoredText.Clean(subject), Detail = StoredText.Clean(detail),
        });
        HasUnsavedNotes = true;
    }

    /// <summary>Notes that something has happened that others want to know, to be saved with it; call it within the transaction that does it.</summary>
    /// <param name="kind">One of <see cref="HappeningKinds"/>.</param>
    /// <param name="subject">The id of what it happened to.</param>
    /// <param name="data">What cannot be read from the subject later, as JSON.</param>
    public void Happen(string kind, Guid subject, string data = "")
    {
        var now = (_clock ?? TimeProvider.System).GetUtcNow();
        Add(new Happening { Id = Guid.CreateVersion7(now), At = now, Kind = kind, Subject = subject, Data = data });
        HasUnsavedNotes = true;
    }

    /// <summary>For the factory: whose context this is from now on.</summary>
    internal void Enter(IWorkspaceScope scope, TimeProvider clock) => (Scope, _clock) = (scope, clock);

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        GuardWorkspace();
        HasUnsavedNotes = false;
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        GuardWorkspace();
        HasUnsavedNotes = false;
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    // A context goes back to the pool here; it must not carry the workspace to whoever gets it next.
    public override void Dispose()
    {
        Forget();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    public override ValueTask DisposeAsync()
    {
        Forget();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite cannot sort a DateTimeOffset, and PostgreSQL keeps no ticks: one form for both.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(BrigadeDbContext).Assembly);
        var filter = typeof(BrigadeDbContext).GetMethod(nameof(FilterByWorkspace), System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!;
        foreach (var type in builder.Model.GetEntityTypes().Select(entity => entity.ClrType).Where(typeof(IWorkspaceOwned).IsAssignableFrom).ToList())
        {
            filter.MakeGenericMethod(type).Invoke(this, [builder]);
        }
    }

    private void Forget() => (Scope, _clock, HasUnsavedNotes) = (FixedWorkspaceScope.None, null, false);

    // An instance method, so that the filter reads the property of whichever context runs the query.
    private void FilterByWorkspace<TEntity>(ModelBuilder model)
        where TEntity : class, IWorkspaceOwned =>
        model.Entity<TEntity>().HasQueryFilter(WorkspaceFilter, row => row.WorkspaceId == WorkspaceId);

    private void GuardWorkspace()
    {
        foreach (var entry in ChangeTracker.Entries<IWorkspaceOwned>())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached)
                continue;
            if (WorkspaceId == Guid.Empty)
                throw new WorkspaceBorderException($"A {entry.Metadata.ClrType.Name} was about to be written outside any workspace.");
            if (entry.State == EntityState.Added && entry.Entity.WorkspaceId == Guid.Empty)
                entry.Entity.WorkspaceId = WorkspaceId;

            var property = entry.Property(row => row.WorkspaceId);
            if (property.CurrentValue != WorkspaceId || (entry.State != EntityState.Added && property.OriginalValue != WorkspaceId))
                throw new WorkspaceBorderException($"A {entry.Metadata.ClrType.Name} of another workspace was about to be written.");
        }
    }
}

internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
