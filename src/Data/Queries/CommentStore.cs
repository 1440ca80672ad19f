using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>What members of the current workspace say about its runs, and whom they name. One context per operation.</summary>
public sealed class CommentStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    public const int LongestText = 4_000;

    /// <summary>Comments that one run may have.</summary>
    public const int MostPerRun = 1_000;

    private const int MostMembers = 500;

    /// <summary>Of a run, the oldest first.</summary>
    public Task<IReadOnlyList<CommentRow>> ListAsync(Guid runId, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<CommentRow>>(
        async db => await RowsAsync(db, db.RunComments.Where(comment => comment.RunId == runId), cancellation), cancellation);

    /// <summary>Who can be named, by name.</summary>
    public Task<IReadOnlyList<MemberName>> MembersAsync(CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<MemberName>>(
        async db => await MembersAsync(db, cancellation), cancellation);

    /// <summary>Null where there is no such run.</summary>
    /// <exception cref="CommentRefusedException">It is empty or too long, or the run has too many.</exception>
    public Task<CommentRow?> AddAsync(Guid runId, string text, CancellationToken cancellation = default)
    {
        var clean = Read(text);
        return WriteAsync(
            async db =>
            {
                if (!await db.Runs.AnyAsync(run => run.Id == runId, cancellation))
                    return null;
                if (await db.RunComments.CountAsync(comment => comment.RunId == runId, cancellation) >= MostPerRun)
                    throw new CommentRefusedException($"A run has at most {MostPerRun} comments.");
                var now = clock.GetUtcNow();
                var comment = new RunComment { Id = Guid.CreateVersion7(now), RunId = runId, AuthorId = db.Scope.ActorId, AuthorName = db.Scope.ActorName, Text = clean, CreatedAt = now };
                db.Add(comment);
                await MentionAsync(db, comment.Id, clean, now, cancellation);
                db.Audit("comment.added", runId.ToString());
                await db.SaveChangesAsync(cancellation);
                return (await RowsAsync(db, db.RunComments.Where(row => row.Id == comment.Id), cancellation))[0];
            },
            cancellation);
    }

    /// <summary>Changes one's own. Null where there is no such comment.</summary>
    /// <exception cref="CommentRefusedException">It is somebody else's, or empty or too long.</exception>
    public Task<CommentRow?> EditAsync(Guid runId, Guid id, string text, CancellationToken cancellation = default)
    {
        var clean = Read(text);
        return WriteAsync(
            async db =>
            {
                if (await OwnAsync(db, runId, id, "change", cancellation) is not { } comment)
                    return null;
                var now = clock.GetUtcNow();
                (comment.Text, comment.EditedAt) = (clean, now);
                await MentionAsync(db, id, clean, now, cancellation);
                await db.SaveChangesAsync(cancellation);
                return (await RowsAsync(db, db.RunComments.Where(row => row.Id == id), cancellation))[0];
            },
            cancellation);
    }

    /// <summary>Deletes one's own, or as an admin anybody's. False where there is no such comment.</summary>
    /// <exception cref="CommentRefusedException">It is somebody else's.</exception>
    public Task<bool> DeleteAsync(Guid runId, Guid id, CancellationToken cancellation = default) => WriteAsync(
        async db =>
        {
            if (await OwnAsync(db, runId, id, "delete", cancellation) is not { } comment)
                return false;
            db.Remove(comment);
            db.Audit("comment.deleted", runId.ToString(), comment.AuthorName);
            await db.SaveChangesAsync(cancellation);
            return true;
        },
        cancellation);

    /// <summary>Where the reader is named, what they have not read first, then the newest.</summary>
    public Task<IReadOnlyList<MentionRow>> MentionsAsync(int take = 100, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<MentionRow>>(
        async db => Me(db) is not { } me ? [] : await (
            from mention in db.Mentions
            join comment in db.RunComments on mention.CommentId equals comment.Id
            join run in db.Runs on comment.RunId equals run.Id
            where mention.UserId == me
            orderby mention.ReadAt == null descending, mention.At descending
            select new MentionRow(comment.Id, run.Id, run.Name, comment.AuthorName, comment.Text, mention.At, mention.ReadAt)).Take(take).ToListAsync(cancellation),
        cancellation);

    /// <summary>How many the reader has not read.</summary>
    public Task<int> UnreadAsync(CancellationToken cancellation = default) => ReadAsync(
        async db => Me(db) is { } me ? await db.Mentions.CountAsync(mention => mention.UserId == me && mention.ReadAt == null, cancellation) : 0, cancellation);

    /// <summary>Marks the reader's mentions as read: those of a run, or all. Answers how many were unread.</summary>
    public Task<int> ReadMentionsAsync(Guid? runId = null, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Viewer,
        async db =>
        {
            if (Me(db) is not { } me)
                return 0;
            var now = clock.GetUtcNow();
            return await db.Mentions
                .Where(mention => mention.UserId == me && mention.ReadAt == null && (runId == null || db.RunComments.Any(comment => comment.Id == mention.CommentId && comment.RunId == runId)))
                .ExecuteUpdateAsync(set => set.SetProperty(mention => mention.ReadAt, (DateTimeOffset?)now), cancellation);
        },
        cancellation);

    // Only people are named; a key or Brigade itself is nobody's name.
    private static Guid? Me(BrigadeDbContext db) => Guid.TryParse(db.Scope.ActorId, out var user) ? user : null;

    private static string Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = StoredText.Clean(text.Trim().ReplaceLineEndings("\n"));
        return clean.Length switch
        {
            0 => throw new CommentRefusedException("Write something."),
            > LongestText => throw new CommentRefusedException($"A comment has at most {LongestText} characters; this one has {clean.Length}."),
            _ => clean,
        };
    }

    private static async Task<RunComment?> OwnAsync(BrigadeDbContext db, Guid runId, Guid id, string what, CancellationToken cancellation)
    {
        var comment = await db.RunComments.AsTracking().SingleOrDefaultAsync(row => row.Id == id && row.RunId == runId, cancellation);
        var isAllowed = comment is null || comment.AuthorId == db.Scope.ActorId || (what == "delete" && db.Scope.Can(WorkspaceRole.Admin));
        return isAllowed ? comment : throw new CommentRefusedException($"This comment is by {comment!.AuthorName}. You can {what} your own only.");
    }

    /// <summary>Notes who is named now; who was named before and has read it is not called again.</summary>
    private static async Task MentionAsync(BrigadeDbContext db, Guid commentId, string text, DateTimeOffset now, CancellationToken cancellation)
    {
        var named = text.Contains('@', StringComparison.Ordinal) ? MentionText.Find(text, await MembersAsync(db, cancellation)) : [];
        var before = await db.Mentions.AsTracking().Where(mention => mention.CommentId == commentId).ToListAsync(cancellation);
        db.RemoveRange(before.Where(mention => named.All(member => member.Id != mention.UserId)));
        foreach (var member in named.Where(member => before.TrueForAll(mention => mention.UserId != member.Id)))
            db.Add(new Mention { CommentId = commentId, UserId = member.Id, Name = member.Name, At = now, ReadAt = string.Equals(member.Id.ToString(), db.Scope.ActorId, StringComparison.Ordinal) ? now : null });
    }

    private static Task<List<MemberName>> MembersAsync(BrigadeDbContext db, CancellationToken cancellation) => (
        from membership in db.Memberships
        join user in db.Users on membership.UserId equals user.Id
        where !user.Disabled
        orderby user.DisplayName, user.Id
        select new MemberName(user.Id, user.DisplayName)).Take(MostMembers).ToListAsync(cancellation);

    private static async Task<List<CommentRow>> RowsAsync(BrigadeDbContext db, IQueryable<RunComment> comments, CancellationToken cancellation)
    {
        var rows = await comments.OrderBy(comment => comment.CreatedAt).ThenBy(comment => comment.Id).ToListAsync(cancellation);
        var mentions = await (from mention in db.Mentions join comment in comments on mention.CommentId equals comment.Id select mention).ToListAsync(cancellation);
        var names = mentions.ToLookup(mention => mention.CommentId, mention => mention.Name);
        return [.. rows.Select(row => new CommentRow(row.Id, row.RunId, row.AuthorId, row.AuthorName, row.Text, row.CreatedAt, row.EditedAt, [.. names[row.Id].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))];
    }
}

/// <summary>A comment.</summary>
/// <param name="Mentions">Names in its text, behind an @, that are members'.</param>
public sealed record CommentRow(Guid Id, Guid RunId, string AuthorId, string AuthorName, string Text, DateTimeOffset CreatedAt, DateTimeOffset? EditedAt, IReadOnlyList<string> Mentions);

/// <summary>Somebody who can be named.</summary>
public sealed record MemberName(Guid Id, string Name);

/// <summary>That the reader is named in a comment.</summary>
/// <param name="ReadAt">Null for not yet.</param>
public sealed record MentionRow(Guid CommentId, Guid RunId, string RunName, string AuthorName, string Text, DateTimeOffset At, DateTimeOffset? ReadAt);
