using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Brigade.Data.Tests;

/// <summary>What start-up does with a database, sound or not.</summary>
public sealed class DatabaseStartupTests(PostgresDatabase postgres) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task MigrateAsync_EmptySqlite_IsReadyToUseAndSeeded()
    {
        var data = Path.Combine(_directory.Path, "made", "on start");
        await using var services = Services(null, data);

        await DatabaseStartup.MigrateAsync(services);

        await services.GetRequiredService<ExperimentStore>().CreateAsync(Samples.Spec("Primes"));
        await using var db = Context(services);
        Assert.Equal(Workspace.DefaultId, (await db.Workspaces.SingleAsync()).Id);
        var owner = await db.Users.SingleAsync();
        Assert.Null(owner.PasswordHash);
        Assert.Equal((owner.Id, WorkspaceRole.Owner), (await db.Memberships.Select(row => new { row.UserId, row.Role }).ToListAsync()).Select(row => (row.UserId, row.Role)).Single());
        Assert.Equal("wal", await ScalarAsync(db, "PRAGMA journal_mode"));
        Assert.Equal(1L, await ScalarAsync(db, "PRAGMA foreign_keys"));
        Assert.Equal(2L, await ScalarAsync(db, "PRAGMA synchronous"));
        Assert.Equal(15_000L, await ScalarAsync(db, "PRAGMA busy_timeout"));
        Assert.True(File.Exists(Path.Combine(data, "brigade.db")));
    }

    [Fact]
    public async Task MigrateAsync_StartedAgain_KeepsWhatIsThere()
    {
        await using (var first = Services(null))
        {
            await DatabaseStartup.MigrateAsync(first);
            await DatabaseStartup.MigrateAsync(first);
            await first.GetRequiredService<ExperimentStore>().CreateAsync(Samples.Spec("Primes"));
        }

        await using var second = Services(null);
        await DatabaseStartup.MigrateAsync(second);

        Assert.Single(await second.GetRequiredService<ExperimentStore>().ListAsync());
    }

    [Fact]
    public async Task MigrateAsync_SqliteWithRunsAndNoSearchIndex_MakesIt()
    {
        await using var services = Services(null);
        await DatabaseStartup.MigrateAsync(services);
        var runs = services.GetRequiredService<RunStore>();
        await runs.CreateAsync(Samples.Spec("Sieve"), 1, 1, null);
        await using (var db = Context(services))
        {
            await db.Database.ExecuteSqlRawAsync(
                "DROP TABLE \"RunSearchKeys\"; DROP TABLE \"RunSearch\"; DROP TRIGGER \"RunSearch_Insert\"; DROP TRIGGER \"RunSearch_Update\"; DROP TRIGGER \"RunSearch_Delete\";");
        }

        await DatabaseStartup.MigrateAsync(services);
        await runs.CreateAsync(Samples.Spec("Sieve again"), 1, 1, null);

        Assert.Equal(2, (await runs.ListAsync(new RunQuery { Search = "sieve" })).Total);
    }

    [Fact]
    public async Task MigrateAsync_KilledDuringAMigration_GoesOn()
    {
        await using (var first = Services(null))
        {
            await DatabaseStartup.MigrateAsync(first);
            await using var db = Context(first);
            await db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01')");
        }

        await using var second = Services(null);
        await DatabaseStartup.MigrateAsync(second).WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task MigrateAsync_SecondWebOnTheSameDirectory_NamesTheFirstAndHowToMend()
    {
        var first = Services(null);
        await DatabaseStartup.MigrateAsync(first);
        await using var second = Services(null);

        var error = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => DatabaseStartup.MigrateAsync(second));

        Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
        Assert.Contains("BRIGADE_DATA", error.Message, StringComparison.Ordinal);
        await first.DisposeAsync();
        await DatabaseStartup.MigrateAsync(second);
    }

    [Fact]
    public async Task MigrateAsync_DirectoryThatCannotBeWritten_SaysSo()
    {
        var file = Path.Combine(_directory.Path, "a-file");
        await File.WriteAllTextAsync(file, "");
        await using var services = Services(null, Path.Combine(file, "data"));

        var error = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => DatabaseStartup.MigrateAsync(services));

        AssertOneLine(error, "cannot be written", "BRIGADE_DATA");
    }

    [Fact]
    public async Task MigrateAsync_FileThatIsNoDatabase_SaysSo()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "brigade.db"), new string('x', 5_000));
        await using var services = Services(null);

        var error = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => DatabaseStartup.MigrateAsync(services));

        AssertOneLine(error, "brigade.db is damaged", "backup");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task MigrateAsync_SchemaOfANewerVersion_IsLeftAlone(bool onPostgres)
    {
        await using var services = Services(onPostgres ? await postgres.Server.CreateDatabaseAsync() : null);
        await DatabaseStartup.MigrateAsync(services);
        await using (var db = Context(services))
            await db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Future', '99.0.0')");

        var error = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => DatabaseStartup.MigrateAsync(services));

        AssertOneLine(error, "newer Brigade", "29990101000000_Future");
    }

    [Fact]
    public async Task MigrateAsync_SeveralNodesAtOnceOnPostgres_AllStart()
    {
        var connection = await postgres.Server.CreateDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var node = Services(connection);
            await DatabaseStartup.MigrateAsync(node);
            await using var db = Context(node);
            Assert.Equal(1, await db.Workspaces.CountAsync());
        })));
    }

    [Fact]
    public async Task MigrateAsync_WrongPassword_SaysSoWithoutIt()
    {
        await using var services = Services(postgres.Server.ConnectionString("postgres", "not-this-one"));

        var error = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => DatabaseStartup.MigrateAsync(services));

        AssertOneLine(error, "password", "ConnectionStrings__Brigade");
        Assert.DoesNotContain("not-this-one", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MigrateAsync_DatabaseThatDoesNotExist_SaysSo()
    {
        await using var services = Services(postgres.Server.ConnectionString("nowhere"));

        AssertOneLine(await Assert.ThrowsAsync<DatabaseUnavailableException>(() => DatabaseStartup.MigrateAsync(services)), "no such database", "nowhere");
    }

    [Fact]
    public async Task MigrateAsync_NoServer_SaysSo()
    {
        await using var services = Services($"Host={_directory.Path};Database=team;Username=u;Password=not-this-one");

        var error = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => DatabaseStartup.MigrateAsync(services));

        AssertOneLine(error, "does not answer", "team");
        Assert.DoesNotContain("not-this-one", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a connection string; secret")]
    [InlineData("Host=a;Password=se;cret=1")]
    [InlineData("Host=a;Port=secret")]
    public void AddBrigadeData_ConnectionStringThatCannotBeRead_SaysSoWithoutIt(string connection)
    {
        var error = Assert.Throws<DatabaseUnavailableException>(() => Services(connection));

        AssertOneLine(error, "ConnectionStrings__Brigade", "Host=");
        Assert.DoesNotContain("cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommitAsync_DiskFull_LosesNothingAndCanBeTriedAgain()
    {
        await using var services = Services(null);
        await DatabaseStartup.MigrateAsync(services);
        var runs = services.GetRequiredService<RunStore>();
        var id = (await runs.CreateAsync(Samples.Spec("Primes"), 1, 4, null)).Id;
        var changes = new RunChanges { Segments = [new FrameSegment(0, Samples.Frames(0, 0, 3_000))], CommittedSequence = 3_000 };

        // SQLite's own limit fails as a full disk does; it holds for the one pooled connection.
        await LimitPagesAsync(services, 1);
        await Assert.ThrowsAsync<StorageFullException>(() => runs.CommitAsync(id, changes));
        await LimitPagesAsync(services, 1_000_000);
        Assert.Equal(-1, (await runs.FindAsync(id))!.CommittedSequence);

        Assert.True(await runs.CommitAsync(id, changes));
        Assert.Equal(3_000, (await runs.FramesAsync(id)).Count);
    }

    private static async Task LimitPagesAsync(IServiceProvider services, int pages)
    {
        await using var db = Context(services);
        await ScalarAsync(db, $"PRAGMA max_page_count = {pages}");
    }

    private static async Task<object?> ScalarAsync(BrigadeDbContext db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    private static void AssertOneLine(DatabaseUnavailableException error, params string[] parts)
    {
        Assert.DoesNotContain('\n', error.Message);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    private static BrigadeDbContext Context(IServiceProvider services) => services.GetRequiredService<IDbContextFactory<BrigadeDbContext>>().CreateDbContext();

    private ServiceProvider Services(string? connection, string? directory = null) =>
        new ServiceCollection().AddSingleton<IWorkspaceScope>(FixedWorkspaceScope.OfSystem(Workspace.DefaultId)).AddSingleton<ICellSummaries>(new SimpleSummaries()).AddBrigadeData(connection, directory ?? _directory.Path).BuildServiceProvider(validateScopes: true);
}
