using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Brigade.Data;

/// <summary>
/// The model, and the border between workspaces: every query sees the rows of <see cref="WorkspaceId"/> only, and only such rows are written.
/// Get one per operation from the factory.
/// </summary>
public abstract class BrigadeDbContext(DbContextOptions options) : IdentityUserContext<User, Guid>(options)
{
    /// <summary>Name of the query filter that every entity with a workspace has.</summary>
    public const string WorkspaceFilter = "Workspace";

    /// <summary>The workspace this context works in. Empty (no row matches) unless the context came from a workspace's factory.</summary>
    public Guid WorkspaceId { get; internal set; }

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

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        GuardWorkspace();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        GuardWorkspace();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    // A context goes back to the pool here; it must not carry the workspace to whoever gets it next.
    public override void Dispose()
    {
        WorkspaceId = Guid.Empty;
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    public override ValueTask DisposeAsync()
    {
        WorkspaceId = Guid.Empty;
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
