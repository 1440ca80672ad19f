using Brigade.Data.Entities;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Brigade.Data;

/// <summary>The model on PostgreSQL; owns the migrations in <c>Migrations/Postgres</c>.</summary>
public sealed class PostgresBrigadeDbContext(DbContextOptions<PostgresBrigadeDbContext> options) : BrigadeDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // What SqliteSearch is there. Any owner of a database may create this extension, since PostgreSQL 13.
        builder.HasPostgresExtension("pg_trgm");
        builder.Entity<Run>().HasIndex(run => run.SearchText).HasMethod("gin").HasOperators("gin_trgm_ops");

        // Sorted by code point whatever the server's locale is, as SQLite does.
        builder.Entity<Experiment>().Property(experiment => experiment.NameKey).UseCollation("C");
        builder.Entity<Run>().Property(run => run.NameKey).UseCollation("C");
        builder.Entity<Run>().Property(run => run.Status).UseCollation("C");
    }
}

/// <summary>For <c>dotnet ef</c>: only the model matters, no server is asked.</summary>
public sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresBrigadeDbContext>
{
    public PostgresBrigadeDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresBrigadeDbContext>().UseNpgsql("Host=design-time").UseApplicationServiceProvider(IdentitySchema.AtDesignTime()).Options);
}
