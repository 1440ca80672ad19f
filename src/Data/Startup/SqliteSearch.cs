using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Startup;

/// <summary>
/// The full-text index behind the search of runs on SQLite: every three letters that follow each other in a run's search text. The model cannot say this, so it is made here, on each start, and not in a
/// migration that is written anew. Triggers keep it in step with the runs, whoever writes them. The index has numbers for keys, and those of the table itself change when the file is compacted: so it has its own.
/// </summary>
internal static class SqliteSearch
{
    public static async Task EnsureAsync(BrigadeDbContext db, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var isNew = await db.Database.SqlQuery<int>($"SELECT count(*) AS \"Value\" FROM sqlite_master WHERE name = 'RunSearchKeys'").SingleAsync(cancellation) == 0;
        await db.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE IF NOT EXISTS "RunSearchKeys" ("Id" INTEGER NOT NULL PRIMARY KEY, "RunId" TEXT NOT NULL UNIQUE, "WorkspaceId" TEXT NOT NULL);
            CREATE VIRTUAL TABLE IF NOT EXISTS "RunSearch" USING fts5("Text", content='', tokenize='trigram');
            CREATE TRIGGER IF NOT EXISTS "RunSearch_Insert" AFTER INSERT ON "Runs" BEGIN
                INSERT INTO "RunSearchKeys" ("RunId", "WorkspaceId") VALUES (new."Id", new."WorkspaceId");
                INSERT INTO "RunSearch" (rowid, "Text") SELECT "Id", new."SearchText" FROM "RunSearchKeys" WHERE "RunId" = new."Id";
            END;
            CREATE TRIGGER IF NOT EXISTS "RunSearch_Update" AFTER UPDATE OF "SearchText" ON "Runs" BEGIN
                INSERT INTO "RunSearch" ("RunSearch", rowid, "Text") SELECT 'delete', "Id", old."SearchText" FROM "RunSearchKeys" WHERE "RunId" = old."Id";
                INSERT INTO "RunSearch" (rowid, "Text") SELECT "Id", new."SearchText" FROM "RunSearchKeys" WHERE "RunId" = new."Id";
            END;
            CREATE TRIGGER IF NOT EXISTS "RunSearch_Delete" AFTER DELETE ON "Runs" BEGIN
                INSERT INTO "RunSearch" ("RunSearch", rowid, "Text") SELECT 'delete', "Id", old."SearchText" FROM "RunSearchKeys" WHERE "RunId" = old."Id";
                DELETE FROM "RunSearchKeys" WHERE "RunId" = old."Id";
            END;
            """,
            cancellation);
        if (isNew)
        {
            await db.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO "RunSearchKeys" ("RunId", "WorkspaceId") SELECT "Id", "WorkspaceId" FROM "Runs";
                INSERT INTO "RunSearch" (rowid, "Text") SELECT "RunSearchKeys"."Id", "Runs"."SearchText" FROM "RunSearchKeys" JOIN "Runs" ON "Runs"."Id" = "RunSearchKeys"."RunId";
                """,
                cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }
}
