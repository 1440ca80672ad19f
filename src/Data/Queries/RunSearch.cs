using Brigade.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Finds runs by a part of their search text: through an index of every three letters in a row where the term has as many, and in the newest runs alone where it does not.</summary>
public static class RunSearch
{
    /// <summary>An index of parts has nothing shorter.</summary>
    public const int ShortestIndexed = 3;

    /// <summary>Runs in which a shorter term is looked for, so that it never reads a whole history.</summary>
    public const int NewestForShort = 10_000;

    /// <summary>Whether a term is looked for in the newest <see cref="NewestForShort"/> runs only.</summary>
    public static bool IsShort(string term) => StoredText.Key(term.Trim()).EnumerateRunes().Take(ShortestIndexed).Count() is > 0 and < ShortestIndexed;

    /// <summary>Whatever may have the term, in no order; all runs for none. The caller compares the text itself.</summary>
    internal static IQueryable<Run> Candidates(BrigadeDbContext db, string term)
    {
        // PostgreSQL finds its own index for the comparison.
        if (!db.Database.IsSqlite() || term.Trim().Length == 0 || IsShort(term))
            return db.Runs;
        var phrase = $"\"{StoredText.Key(term.Trim()).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

        // A cross join is read from left to right: from the index to the runs, not the other way round.
        return db.Runs.FromSql(
            $"""
            SELECT "Runs".* FROM "RunSearch"
            CROSS JOIN "RunSearchKeys" ON "RunSearchKeys"."Id" = "RunSearch".rowid
            CROSS JOIN "Runs" ON "Runs"."Id" = "RunSearchKeys"."RunId"
            WHERE "RunSearch" MATCH {phrase} AND "RunSearchKeys"."WorkspaceId" = {db.WorkspaceId}
            """);
    }

    /// <summary>Of some runs those whose text has the term.</summary>
    internal static IQueryable<Run> Matching(IQueryable<Run> runs, string term)
    {
        var pattern = StoredText.ContainsPattern(term.Trim());
        var among = IsShort(term) ? runs.OrderByDescending(run => run.QueuedAt).ThenByDescending(run => run.Id).Take(NewestForShort) : runs;
        return among.Where(run => EF.Functions.Like(run.SearchText, pattern, @"\"));
    }
}
