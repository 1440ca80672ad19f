using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class DeliveryStoreOnSqliteTests(SqliteDatabase database) : DeliveryStoreTests(database);

public sealed class DeliveryStoreOnPostgresTests(PostgresDatabase database) : DeliveryStoreTests(database);

public abstract class DeliveryStoreTests(TestDatabase database) : StoreTests(database)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task AddAsync_SameHappeningTwice_IsToldOnce()
    {
        var webhook = await WebhookAsync();
        var happening = Happening();

        await AddAsync(webhook, happening);
        await AddAsync(webhook, happening);

        Assert.Single((await Workspace.Deliveries.ListAsync(webhook, new DeliveryQuery())).Items);
    }

    [Fact]
    public async Task ClaimAsync_Due_IsTakenOnceUntilItsTakerIsGivenUp()
    {
        var webhook = await WebhookAsync();
        await AddAsync(webhook, Happening());
        var due = Assert.Single(await Workspace.Deliveries.DueAsync(10));

        Assert.True(await Workspace.Deliveries.ClaimAsync(due, Patience));
        Assert.False(await Workspace.Deliveries.ClaimAsync(due, Patience));
        Assert.Empty(await Workspace.Deliveries.DueAsync(10));

        Clock.Advance(Patience);
        Assert.Single(await Workspace.Deliveries.DueAsync(10));
        Assert.Contains(Workspace.Id, await Workspace.Directory.WithDueDeliveriesAsync(Clock.GetUtcNow()));
    }

    [Fact]
    public async Task TriedAsync_Failure_IsDueAgainAndAtLastGivenUp()
    {
        var webhook = await WebhookAsync();
        await AddAsync(webhook, Happening());
        var due = Assert.Single(await Workspace.Deliveries.DueAsync(10));

        await Workspace.Deliveries.TriedAsync(due.Id, new DeliveryAttempt(IsDelivered: false, 500, new string('x', 5_000), TimeSpan.FromMilliseconds(5)), Clock.GetUtcNow().AddSeconds(5));
        Assert.Empty(await Workspace.Deliveries.DueAsync(10));
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, Assert.Single(await Workspace.Deliveries.DueAsync(10)).Attempts);

        await Workspace.Deliveries.TriedAsync(due.Id, new DeliveryAttempt(IsDelivered: false, null, "no answer", TimeSpan.FromMilliseconds(5)), next: null);
        var (row, payload) = (await Workspace.Deliveries.FindAsync(webhook, due.Id))!.Value;
        Assert.Equal((DeliveryStatus.Failed, 2, (int?)null, "no answer", "{}"), (row.Status, row.Attempts, row.ResponseStatus, row.Response, payload));
        Assert.Single((await Workspace.Deliveries.ListAsync(webhook, new DeliveryQuery { Status = DeliveryStatus.Failed })).Items);
        Assert.Empty((await Workspace.Deliveries.ListAsync(webhook, new DeliveryQuery { Status = DeliveryStatus.Waiting })).Items);
    }

    [Fact]
    public async Task SwitchedOff_Webhook_IsToldNothingAndKeepsWhatWaits()
    {
        var webhook = await WebhookAsync();
        await AddAsync(webhook, Happening());

        await Workspace.Webhooks.SwitchOffAsync(webhook, "gone");

        Assert.Empty(await Workspace.Deliveries.DueAsync(10));
        Assert.Empty(await Workspace.Webhooks.SubscribersAsync(HappeningKinds.RunFinished));
        await Workspace.Webhooks.ChangeAsync(webhook, new WebhookChange { IsActive = true });
        Assert.Single(await Workspace.Deliveries.DueAsync(10));
        Assert.Equal("", (await Workspace.Webhooks.FindAsync(webhook))!.Problem);
    }

    [Fact]
    public async Task ThinAsync_Old_IsGoneAndWhatWaitsIsNot()
    {
        var webhook = await WebhookAsync();
        await AddAsync(webhook, Happening());
        await AddAsync(webhook, Happening());
        var due = (await Workspace.Deliveries.DueAsync(10))[0];
        await Workspace.Deliveries.TriedAsync(due.Id, new DeliveryAttempt(IsDelivered: true, 200, "", TimeSpan.Zero), next: null);

        Assert.Equal(1, await Workspace.Deliveries.ThinAsync(Clock.GetUtcNow().AddSeconds(1)));

        Assert.Equal(DeliveryStatus.Waiting, Assert.Single((await Workspace.Deliveries.ListAsync(webhook, new DeliveryQuery())).Items).Status);
    }

    [Fact]
    public async Task EveryOperation_AsAnEditor_IsRefusedAndOthersSeeNothing()
    {
        var webhook = await WebhookAsync();
        await AddAsync(webhook, Happening());
        var delivery = (await Workspace.Deliveries.DueAsync(1))[0].Id;
        await using var other = await OtherWorkspaceAsync();
        Assert.Empty((await other.Deliveries.ListAsync(webhook, new DeliveryQuery())).Items);
        Assert.Null(await other.Deliveries.ReplayAsync(webhook, delivery));
        Assert.False(await other.Webhooks.DeleteAsync(webhook));

        Workspace.Me.Role = WorkspaceRole.Editor;

        await Assert.ThrowsAsync<NotAllowedException>(() => Workspace.Deliveries.ListAsync(webhook, new DeliveryQuery()));
        await Assert.ThrowsAsync<NotAllowedException>(() => Workspace.Deliveries.FindAsync(webhook, delivery));
        await Assert.ThrowsAsync<NotAllowedException>(() => Workspace.Deliveries.ReplayAsync(webhook, delivery));
        await Assert.ThrowsAsync<NotAllowedException>(() => Workspace.Webhooks.ListAsync());
        await Assert.ThrowsAsync<NotAllowedException>(() => Workspace.Webhooks.DeleteAsync(webhook));
        await Assert.ThrowsAsync<NotAllowedException>(() => Workspace.Webhooks.ChangeAsync(webhook, new WebhookChange { Name = "x" }));
    }

    private async Task<Guid> WebhookAsync() => (await Workspace.Webhooks.CreateAsync(new NewWebhook("dashboard", WebhookFormat.Standard, [HappeningKinds.RunFinished], "hidden", "https://example.org/", "hidden")))!.Id;

    private HappeningRow Happening() => new(Guid.NewGuid(), Clock.GetUtcNow(), HappeningKinds.RunFinished, Guid.NewGuid(), "");

    private Task<int> AddAsync(Guid webhook, HappeningRow happening) => Workspace.Deliveries.AddAsync(happening, new Dictionary<Guid, string> { [webhook] = "{}" });
}
