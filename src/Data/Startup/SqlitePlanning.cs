using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Brigade.Data.Startup;

/// <summary>
/// Tells SQLite's planner what it cannot know of an empty file: that a workspace has nearly all rows of a table. Left to itself it takes ten rows for granted, and reads a whole history
/// through an index that begins with the workspace to find twenty rows whose keys are given. PostgreSQL counts by itself. See https://www.sqlite.org/optoverview.html#manual_control_of_query_plans_using_sqlite_stat_tables.
/// </summary>
internal static class SqlitePlanning
{
    private const long Rows = 1_000_000;
    private const long RowsOfAnExperiment = 1_000;
    private const long RowsOfARun = 10;
    private const long RowsOfATime = 2;

    public static async Task EnsureAsync(BrigadeDbContext db, CancellationToken cancellation)
    {
        // Makes the table, and counts what there is; then ours takes its place, so that every database plans alike.
        await db.Database.ExecuteSqlRawAsync("PRAGMA analysis_limit = 100; ANALYZE; DELETE FROM sqlite_stat1;", cancellation);
        foreach (var (table, index, counts) in db.Model.GetEntityTypes().Where(entity => !entity.IsOwned() && entity.GetTableName() is not null).SelectMany(Statistics))
            await db.Database.ExecuteSqlAsync($"INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ({table}, {index}, {counts})", cancellation);
        await db.Database.ExecuteSqlRawAsync("ANALYZE sqlite_schema", cancellation);
    }

    private static IEnumerable<(string Table, string Index, string Counts)> Statistics(IEntityType entity)
    {
        var table = entity.GetTableName()!;

        // An index of a part of the rows is asked for by what it leaves out.
        foreach (var index in entity.GetIndexes().Where(index => index.GetFilter() is null))
            yield return (table, index.GetDatabaseName()!, Counts(index.Properties, index.IsUnique));
        if (entity.FindPrimaryKey() is { } key)
            yield return (table, $"sqlite_autoindex_{table}_1", Counts(key.Properties, isUnique: true));
    }

    /// <summary>The rows of the table, then how many have the same value in the first column, in the first two, and so on.</summary>
    private static string Counts(IReadOnlyList<IProperty> columns, bool isUnique)
    {
        List<long> counts = [Rows];
        foreach (var column in columns)
            counts.Add(Math.Min(counts[^1], Same(column)));
        if (isUnique || columns[^1].Name is "Id" or "RunId")
            counts[^1] = 1;
        return string.Join(' ', counts.Select(count => count.ToString(CultureInfo.InvariantCulture)));
    }

    private static long Same(IProperty column) => column switch
    {
        { Name: "WorkspaceId" } => Rows,
        { Name: "RunId" } => RowsOfARun,
        _ when column.ClrType == typeof(bool) => Rows / 2,
        _ when column.ClrType.IsEnum => Rows / 10,
        _ when column.ClrType == typeof(DateTimeOffset) || column.ClrType == typeof(DateTimeOffset?) || column.ClrType == typeof(double) => RowsOfATime,
        _ => RowsOfAnExperiment,
    };
}
