using Brigade.Data.Entities;
using Brigade.Data.Startup;
using Microsoft.EntityFrameworkCore;

namespace Brigade.Data.Queries;

/// <summary>What the webhooks of the current workspace are told, and how that went. One context per operation.</summary>
public sealed class DeliveryStore(IDbContextFactory<BrigadeDbContext> contexts, StorageLocation location, TimeProvider clock) : Store(contexts, location)
{
    /// <summary>How much of an answer is kept.</summary>
    public const int LongestResponse = 1_000;

    /// <summary>Newest first.</summary>
    /// <exception cref="Errors.NotAllowedException">Only admins see them.</exception>
    public Task<Slice<DeliveryRow>> ListAsync(Guid webhookId, DeliveryQuery query, CancellationToken cancellation = default)
    {
        if (query.Take is < 1 or > RunStore.MaximumPageSize)
            throw new ArgumentOutOfRangeException(nameof(query), $"Take is {query.Take} and has to be 1 to {RunStore.MaximumPageSize}.");
        return ReadAsync(
            async db =>
            {
                db.Scope.Demand(WorkspaceRole.Admin);
                var deliveries = db.WebhookDeliveries.Where(delivery => delivery.WebhookId == webhookId);
                if (query.Status is { } status)
                    deliveries = deliveries.Where(delivery => delivery.Status == status);
                if (query.After is var (at, id))
                    deliveries = deliveries.Where(delivery => delivery.At < at || (delivery.At == at && delivery.Id.CompareTo(id) < 0));
                var rows = await Rows(deliveries.OrderByDescending(delivery => delivery.At).ThenByDescending(delivery => delivery.Id).Take(query.Take + 1)).ToListAsync(cancellation);
                return new Slice<DeliveryRow>([.. rows.Take(query.Take)], rows.Count > query.Take);
            },
            cancellation);
    }

    /// <summary>One, and what is sent; null where there is none.</summary>
    /// <exception cref="Errors.NotAllowedException">Only admins see it.</exception>
    public Task<(DeliveryRow Row, string Payload)?> FindAsync(Guid webhookId, Guid id, CancellationToken cancellation = default) => ReadAsync<(DeliveryRow, string)?>(
        async db =>
        {
            db.Scope.Demand(WorkspaceRole.Admin);
            var wanted = db.WebhookDeliveries.Where(delivery => delivery.WebhookId == webhookId && delivery.Id == id);
            return await Rows(wanted).SingleOrDefaultAsync(cancellation) is { } row ? (row, await wanted.Select(delivery => delivery.Payload).SingleAsync(cancellation)) : null;
        },
        cancellation);

    /// <summary>Sends one again, as if it were new; one that is waiting is sent at once. Null where there is none.</summary>
    /// <exception cref="Errors.NotAllowedException">Only admins do.</exception>
    public Task<DeliveryRow?> ReplayAsync(Guid webhookId, Guid id, CancellationToken cancellation = default) => WriteAsync(
        WorkspaceRole.Admin,
        async db =>
        {
            var now = clock.GetUtcNow();
            var wanted = db.WebhookDeliveries.Where(delivery => delivery.WebhookId == webhookId && delivery.Id == id);
            if (await wanted.ExecuteUpdateAsync(
                set => set.SetProperty(delivery => delivery.Status, DeliveryStatus.Waiting).SetProperty(delivery => delivery.Attempts, 0).SetProperty(delivery => delivery.DueAt, now), cancellation) > 0)
                db.Audit("delivery.replayed", id.ToString(), await wanted.Select(delivery => delivery.Kind).SingleAsync(cancellation));
            return await Rows(wanted).SingleOrDefaultAsync(cancellation);
        },
        cancellation);

    /// <summary>Adds what a happening is to tell; webhooks that were told of it already are left out.</summary>
    public Task<int> AddAsync(HappeningRow happening, IReadOnlyDictionary<Guid, string> payloads, CancellationToken cancellation = default) => WriteAsync(
        async db =>
        {
            var now = clock.GetUtcNow();
            var told = await db.WebhookDeliveries.Where(delivery => delivery.HappeningId == happening.Id).Select(delivery => delivery.WebhookId).ToListAsync(cancellation);
            db.AddRange(payloads.Where(payload => !told.Contains(payload.Key)).Select(payload => new WebhookDelivery
            {
                Id = Guid.CreateVersion7(now), WebhookId = payload.Key, HappeningId = happening.Id, Kind = happening.Kind, At = happening.At, Payload = StoredText.Clean(payload.Value), DueAt = now,
            }));
            return await db.SaveChangesAsync(cancellation);
        },
        cancellation);

    /// <summary>Those whose next try is due, the longest waiting first; of webhooks that are on.</summary>
    public Task<IReadOnlyList<DueDelivery>> DueAsync(int take, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        return ReadAsync<IReadOnlyList<DueDelivery>>(
            async db => await (
                from delivery in db.WebhookDeliveries
                join webhook in db.Webhooks on delivery.WebhookId equals webhook.Id
                where delivery.Status == DeliveryStatus.Waiting && delivery.DueAt <= now && webhook.IsActive
                orderby delivery.DueAt, delivery.Id
                select new DueDelivery(delivery.Id, webhook.Id, webhook.Format, webhook.Target, webhook.Secret, delivery.HappeningId, delivery.Kind, delivery.Payload, delivery.Attempts, delivery.DueAt))
                .Take(take).ToListAsync(cancellation),
            cancellation);
    }

    /// <summary>Takes one to be sent; false where another node has taken it. Whoever takes it and dies leaves it due again after <paramref name="patience"/>.</summary>
    public Task<bool> ClaimAsync(DueDelivery due, TimeSpan patience, CancellationToken cancellation = default)
    {
        var until = clock.GetUtcNow() + patience;
        return WriteAsync(
            async db => await db.WebhookDeliveries
                .Where(delivery => delivery.Id == due.Id && delivery.Status == DeliveryStatus.Waiting && delivery.DueAt == due.DueAt)
                .ExecuteUpdateAsync(set => set.SetProperty(delivery => delivery.DueAt, until), cancellation) > 0,
            cancellation);
    }

    /// <summary>Keeps how a try went.</summary>
    /// <param name="next">When to try again; null for never.</param>
    public Task<int> TriedAsync(Guid id, DeliveryAttempt attempt, DateTimeOffset? next, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var status = attempt.IsDelivered ? DeliveryStatus.Delivered : next is null ? DeliveryStatus.Failed : DeliveryStatus.Waiting;
        var response = StoredText.Clean(attempt.Response.Length > LongestResponse ? attempt.Response[..LongestResponse] : attempt.Response);
        return WriteAsync(
            db => db.WebhookDeliveries.Where(delivery => delivery.Id == id).ExecuteUpdateAsync(
                set =>
                {
                    set.SetProperty(delivery => delivery.Status, status)
                        .SetProperty(delivery => delivery.Attempts, delivery => delivery.Attempts + 1)
                        .SetProperty(delivery => delivery.LastAt, now)
                        .SetProperty(delivery => delivery.ResponseStatus, attempt.ResponseStatus)
                        .SetProperty(delivery => delivery.Response, response)
                        .SetProperty(delivery => delivery.DurationMs, attempt.Duration.TotalMilliseconds);
                    if (next is { } at)
                        set.SetProperty(delivery => delivery.DueAt, at);
                },
                cancellation),
            cancellation);
    }

    /// <summary>Deletes what is over and older than that.</summary>
    public Task<int> ThinAsync(DateTimeOffset before, CancellationToken cancellation = default) => WriteAsync(
        db => db.WebhookDeliveries.Where(delivery => delivery.At < before && delivery.Status != DeliveryStatus.Waiting).ExecuteDeleteAsync(cancellation), cancellation);

    private static IQueryable<DeliveryRow> Rows(IQueryable<WebhookDelivery> deliveries) => deliveries.Select(delivery => new DeliveryRow(
        delivery.Id, delivery.HappeningId, delivery.Kind, delivery.At, delivery.Status, delivery.Attempts, delivery.DueAt, delivery.LastAt, delivery.ResponseStatus, delivery.Response, delivery.DurationMs));
}

/// <summary>One happening for one webhook, and how telling it went; see <see cref="WebhookDelivery"/>.</summary>
public sealed record DeliveryRow(
    Guid Id, Guid HappeningId, string Kind, DateTimeOffset At, DeliveryStatus Status, int Attempts, DateTimeOffset DueAt, DateTimeOffset? LastAt, int? ResponseStatus, string Response, double DurationMs);

/// <summary>A page of deliveries.</summary>
public sealed record DeliveryQuery
{
    /// <summary>Null for all.</summary>
    public DeliveryStatus? Status { get; init; }

    /// <summary>Goes on behind this one.</summary>
    public DeliveryPlace? After { get; init; }

    /// <summary>1 to 200.</summary>
    public int Take { get; init; } = 25;
}

/// <summary>A place in a list of deliveries.</summary>
public sealed record DeliveryPlace(DateTimeOffset At, Guid Id);

/// <summary>Something to be sent now.</summary>
/// <param name="Target">Encrypted, as is <paramref name="Secret"/>.</param>
/// <param name="Attempts">Tries so far.</param>
public sealed record DueDelivery(Guid Id, Guid WebhookId, WebhookFormat Format, string Target, string Secret, Guid HappeningId, string Kind, string Payload, int Attempts, DateTimeOffset DueAt);

/// <summary>How a try went.</summary>
/// <param name="ResponseStatus">Null where there was no answer.</param>
/// <param name="Response">The beginning of the answer, or why there was none.</param>
public sealed record DeliveryAttempt(bool IsDelivered, int? ResponseStatus, string Response, TimeSpan Duration);
