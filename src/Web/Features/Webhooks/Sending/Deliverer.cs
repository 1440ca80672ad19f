using Brigade.Data;
using Brigade.Data.Queries;
using Microsoft.Extensions.Options;

namespace Brigade.Web.Features.Webhooks.Sending;

/// <summary>
/// Sends what is due, several at a time, and tries again what failed. What is due is in the database, and is taken there before it is sent, so that of several nodes one sends it;
/// a server that dies in the middle leaves it due again. So a receiver may get a message twice, with the same id, and never not at all.
/// </summary>
internal sealed class Deliverer(IServiceScopeFactory scopes, IOptions<WebhookOptions> options, TimeProvider time, ILogger<Deliverer> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>How long deliveries that are over can be looked at.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly TimeSpan Thinning = TimeSpan.FromHours(1);

    /// <summary>Longer than any try takes.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2);

    private const int AtOnce = 8;
    private const int OfOneWorkspace = 32;

    private DateTimeOffset _thinAt = DateTimeOffset.MinValue;

    /// <summary>Sends what is due, once.</summary>
    public async Task PassAsync(CancellationToken cancellation)
    {
        List<(Guid Workspace, DueDelivery Due)> all = [];
        await using (var above = scopes.CreateSystemScope(Guid.Empty))
        {
            foreach (var workspace in await above.ServiceProvider.GetRequiredService<WorkspaceDirectory>().WithDueDeliveriesAsync(time.GetUtcNow(), cancellation))
            {
                await using var scope = scopes.CreateSystemScope(workspace);
                all.AddRange((await scope.ServiceProvider.GetRequiredService<DeliveryStore>().DueAsync(OfOneWorkspace, cancellation)).Select(due => (workspace, due)));
            }
        }

        await Parallel.ForEachAsync(
            all.OrderBy(one => one.Due.DueAt), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (one, token) => await DeliverAsync(one.Workspace, one.Due, token));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await PassAsync(stoppingToken);
                    await ThinAsync(stoppingToken);
                }
                catch (Exception problem) when (problem is not OperationCanceledException)
                {
                    // A database that does not answer is reported by whoever wants something of it; here it only means later.
                    logger.LogDebug(problem, "What is due could not be sent");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server ends; what is left is sent when it starts again.
        }
    }

    private async Task DeliverAsync(Guid workspace, DueDelivery due, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateSystemScope(workspace);
        var store = scope.ServiceProvider.GetRequiredService<DeliveryStore>();
        if (!await store.ClaimAsync(due, Claim, cancellation))
            return;
        var started = time.GetTimestamp();
        var outcome = await TrySendAsync(scope.ServiceProvider, due, cancellation);
        var next = outcome.IsDelivered || outcome.IsGone ? null : Backoff.After(due.Attempts + 1, options.Value, outcome.RetryAfter, Random.Shared.NextDouble());
        await store.TriedAsync(due.Id, new DeliveryAttempt(outcome.IsDelivered, outcome.Status, outcome.Response, time.GetElapsedTime(started)), next is { } wait ? time.GetUtcNow() + wait : null, cancellation);
        if (outcome.IsGone)
            await scope.ServiceProvider.GetRequiredService<WebhookStore>().SwitchOffAsync(due.WebhookId, "The receiver answered 410: it does not want to be told any more.", cancellation);
        else if (!outcome.IsDelivered && next is null)
            logger.LogWarning("The delivery {Delivery} of the webhook {Webhook} is given up after {Attempts} tries", due.Id, due.WebhookId, due.Attempts + 1);
    }

    /// <summary>A fault of ours with one message must not keep others from theirs.</summary>
    private async Task<SendOutcome> TrySendAsync(IServiceProvider services, DueDelivery due, CancellationToken cancellation)
    {
        try
        {
            return await SendAsync(services, due, cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            logger.LogError(fault, "The delivery {Delivery} of the webhook {Webhook} could not be sent", due.Id, due.WebhookId);
            return new SendOutcome(IsDelivered: false, Status: null, "It could not be sent; the server's log says why.");
        }
    }

    private static async Task<SendOutcome> SendAsync(IServiceProvider services, DueDelivery due, CancellationToken cancellation)
    {
        var secrets = services.GetRequiredService<WebhookSecrets>();
        if (secrets.Show(due.Target) is not { } target || secrets.Show(due.Secret) is not { } secret)
            return new SendOutcome(IsDelivered: false, Status: null, "This server no longer has the keys that the webhook's target was encrypted with. Enter the target again.");
        return await services.GetServices<ISender>().Single(sender => sender.Sends(due.Format)).SendAsync(new Outgoing(due, target, secret), cancellation);
    }

    private async Task ThinAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (now < _thinAt)
            return;
        _thinAt = now + Thinning;
        await using var above = scopes.CreateSystemScope(Guid.Empty);
        foreach (var workspace in await above.ServiceProvider.GetRequiredService<WorkspaceDirectory>().ListAsync(cancellation))
        {
            await using var scope = scopes.CreateSystemScope(workspace);
            await scope.ServiceProvider.GetRequiredService<DeliveryStore>().ThinAsync(now - Kept, cancellation);
        }
    }
}
