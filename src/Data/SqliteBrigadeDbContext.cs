using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Brigade.Data;

/// <summary>The model on SQLite; owns the migrations in <c>Migrations/Sqlite</c>.</summary>
public sealed class SqliteBrigadeDbContext(DbContextOptions<SqliteBrigadeDbContext> options) : BrigadeDbContext(options);

/// <summary>For <c>dotnet ef</c>: only the model matters, no file is opened.</summary>
public sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteBrigadeDbContext>
{
    public SqliteBrigadeDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteBrigadeDbContext>().UseSqlite("Data Source=design-time.db").UseApplicationServiceProvider(IdentitySchema.AtDesignTime()).Options);
}
