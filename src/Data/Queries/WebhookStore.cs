using System.Linq.Expressions;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>Who is told what happens in the current workspace, for its admins. One context per operation.</summary>
public sealed class WebhookStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    public const int LongestName = 100;

    /// <summary>More than any team needs, and few enough for one page.</summary>
    public const int MostWebhooks = 50;

    private static readonly Expression<Func<Webhook, WebhookRow>> ToRow = webhook =>
        new WebhookRow(webhook.Id, webhook.Name, webhook.Format, webhook.Kinds, webhook.Shown, webhook.IsActive, webhook.Problem, webhook.CreatedBy, webhook.CreatedAt);

    /// <summary>Newest first.</summary>
    /// <exception cref="NotAllowedException">Only admins see them; so for all that follows.</exception>
    public Task<IReadOnlyList<WebhookRow>> ListAsync(CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<WebhookRow>>(
        async db =>
        {
            db.Scope.Demand(WorkspaceRole.Admin);
            return await db.Webhooks.OrderByDescending(webhook => webhook.CreatedAt).ThenByDescending(webhook => webhook.Id).Select(ToRow).ToListAsync(cancellation);
        },
        cancellation);

    public Task<WebhookRow?> FindAsync(Guid id, CancellationToken cancellation = default) => ReadAsync(
        db =>
        {
            db.Scope.Demand(WorkspaceRole.Admin);
            return db.Webhooks.Where(webhook => webhook.Id == id).Select(ToRow).SingleOrDefaultAsync(cancellation);
        },
        cancellation);

    /// <summary>Null where there are <see cref="MostWebhooks"/> already.</summary>
    public Task<WebhookRow?> CreateAsync(NewWebhook made, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(made);
        return WriteAsync(
            WorkspaceRole.Admin,
            async db =>
            {
                if (await db.Webhooks.CountAsync(cancellation) >= MostWebhooks)
                    return null;
                var now = clock.GetUtcNow();
                var webhook = new Webhook
                {
                    Id = Guid.CreateVersion7(now), Name = StoredText.Clean(made.Name), Format = made.Format, Kinds = string.Join(' ', made.Kinds), Target = made.Target, Shown = StoredText.Clean(made.Shown),
                    Secret = made.Secret, IsActive = true, CreatedBy = db.Scope.ActorName, CreatedAt = now,
                };
                db.Add(webhook);
                db.Audit("webhook.created", webhook.Id.ToString(), $"{webhook.Name}: {webhook.Kinds} to {webhook.Shown}");
                await db.SaveChangesAsync(cancellation);
                return ToRow.Compile()(webhook);
            },
            cancellation);
    }

    /// <summary>Changes what is not null; switched on again, it has no problem any more. Null where there is no such webhook.</summary>
    public Task<WebhookRow?> ChangeAsync(Guid id, WebhookChange change, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return WriteAsync(
            WorkspaceRole.Admin,
            async db =>
            {
                if (await db.Webhooks.AsTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } webhook)
                    return null;
                webhook.Name = StoredText.Clean(change.Name ?? webhook.Name);
                webhook.Kinds = change.Kinds is { } kinds ? string.Join(' ', kinds) : webhook.Kinds;
                (webhook.Target, webhook.Shown) = change.Target is var (target, shown) ? (target, StoredText.Clean(shown)) : (webhook.Target, webhook.Shown);
                webhook.Secret = change.Secret ?? webhook.Secret;
                (webhook.IsActive, webhook.Problem) = change.IsActive is { } active ? (active, "") : (webhook.IsActive, webhook.Problem);
                db.Audit("webhook.changed", id.ToString(), $"{webhook.Name}: {webhook.Kinds} to {webhook.Shown}{(webhook.IsActive ? "" : ", off")}{(change.Secret is null ? "" : ", new secret")}");
                await db.SaveChangesAsync(cancellation);
                return ToRow.Compile()(webhook);
            },
            cancellation);
    }

    /// <summary>With its deliveries.</summary>
    public Task<bool> DeleteAsync(Guid id, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Admin,
        async db =>
        {
            var name = await db.Webhooks.Where(webhook => webhook.Id == id).Select(webhook => webhook.Name).SingleOrDefaultAsync(cancellation);
            if (name is null)
                return false;
            db.Audit("webhook.deleted", id.ToString(), name);
            return await db.Webhooks.Where(webhook => webhook.Id == id).ExecuteDeleteAsync(cancellation) > 0;
        },
        cancellation);

    /// <summary>Those that are on and want to know of a kind.</summary>
    public Task<IReadOnlyList<WebhookRow>> SubscribersAsync(string kind, CancellationToken cancellation = default) => ReadAsync<IReadOnlyList<WebhookRow>>(
        async db => [.. (await db.Webhooks.Where(webhook => webhook.IsActive).OrderBy(webhook => webhook.Id).Select(ToRow).ToListAsync(cancellation)).Where(webhook => webhook.Wants(kind))],
        cancellation);

    /// <summary>Brigade itself switches one off, and says why.</summary>
    public Task<bool> SwitchOffAsync(Guid id, string problem, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Admin,
        async db =>
        {
            var isOff = await db.Webhooks.Where(webhook => webhook.Id == id && webhook.IsActive)
                .ExecuteUpdateAsync(set => set.SetProperty(webhook => webhook.IsActive, false).SetProperty(webhook => webhook.Problem, StoredText.Clean(problem)), cancellation) > 0;
            if (isOff)
                db.Audit("webhook.switched-off", id.ToString(), problem);
            return isOff;
        },
        cancellation);
}

/// <summary>A subscription, without its secrets.</summary>
/// <param name="Kinds">Separated by spaces.</param>
/// <param name="Shown">The part of its target that may be shown.</param>
/// <param name="Problem">Why Brigade itself has switched it off; empty where it has not.</param>
public sealed record WebhookRow(Guid Id, string Name, WebhookFormat Format, string Kinds, string Shown, bool IsActive, string Problem, string CreatedBy, DateTimeOffset CreatedAt)
{
    public IReadOnlyList<string> KindList => Kinds.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public bool Wants(string kind) => KindList.Contains(kind, StringComparer.Ordinal);
}

/// <summary>A subscription to be made; <see cref="Target"/> and <see cref="Secret"/> are encrypted already.</summary>
public sealed record NewWebhook(string Name, WebhookFormat Format, IReadOnlyList<string> Kinds, string Target, string Shown, string Secret);

/// <summary>What is to be changed; null leaves it as it is.</summary>
public sealed record WebhookChange
{
    public string? Name { get; init; }

    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Encrypted, and what may be shown of it.</summary>
    public (string Target, string Shown)? Target { get; init; }

    /// <summary>Encrypted.</summary>
    public string? Secret { get; init; }

    public bool? IsActive { get; init; }
}
