using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Tests.Support;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Brigade.Data.Tests;

public sealed class ModelOnSqliteTests(SqliteDatabase database) : ModelTests(database);

public sealed class ModelOnPostgresTests(PostgresDatabase database) : ModelTests(database);

public abstract class ModelTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public void Migrations_AreUpToDateWithTheModel()
    {
        using var db = Workspace.Context();

        Assert.False(db.Database.HasPendingModelChanges(), "The model has changed: add a migration for both providers.");
    }

    [Fact]
    public void EveryEntity_ButWorkspacesAndPeople_IsFilteredByIt()
    {
        using var db = Workspace.Context();

        var unfiltered = db.Model.GetEntityTypes().Where(entity => entity.FindDeclaredQueryFilter(BrigadeDbContext.WorkspaceFilter) is null).Select(entity => entity.ClrType);

        Assert.Equal(
            [
                typeof(ClusterMember), typeof(ClusterVersion), typeof(DataProtectionKey), typeof(EntryLink), typeof(GrainRegistration),
                typeof(IdentityPasskeyData), typeof(IdentityUserClaim<Guid>), typeof(IdentityUserLogin<Guid>), typeof(IdentityUserPasskey<Guid>), typeof(IdentityUserToken<Guid>),
                typeof(User), typeof(Workspace),
            ],
            unfiltered.OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task SaveChangesAsync_NewRow_IsStampedWithTheWorkspace()
    {
        await using var db = Workspace.Context();
        var row = NewExperiment();
        db.Add(row);

        await db.SaveChangesAsync();

        Assert.Equal(Workspace.Id, row.WorkspaceId);
    }

    [Fact]
    public async Task SaveChangesAsync_RowOfAnotherWorkspace_IsRefused()
    {
        await using var other = await OtherWorkspaceAsync();
        var row = NewExperiment();
        await using (var theirs = other.Context())
        {
            theirs.Add(row);
            await theirs.SaveChangesAsync();
        }

        foreach (var state in new[] { EntityState.Added, EntityState.Modified, EntityState.Deleted })
        {
            await using var db = Workspace.Context();
            db.Entry(row).State = state;
            await Assert.ThrowsAsync<WorkspaceBorderException>(() => db.SaveChangesAsync());
            Assert.Throws<WorkspaceBorderException>(() => db.SaveChanges());
        }
    }

    [Fact]
    public async Task SaveChangesAsync_MovingARowToAnotherWorkspace_IsRefused()
    {
        await using var db = Workspace.Context();
        var row = NewExperiment();
        db.Add(row);
        await db.SaveChangesAsync();

        row.WorkspaceId = Guid.CreateVersion7();

        await Assert.ThrowsAsync<WorkspaceBorderException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task Context_GivenBack_ForgetsItsWorkspace()
    {
        var db = Workspace.Context();
        db.Add(NewExperiment());
        await db.SaveChangesAsync();
        await db.DisposeAsync();

        Assert.Equal(Guid.Empty, db.WorkspaceId);
    }

    private static Experiment NewExperiment() => new() { Id = Guid.CreateVersion7(), Name = "x", NameKey = "x" };
}
