using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Webhooks;
using Brigade.Web.Tests.Support;
using Bunit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Features.Webhooks;

public sealed class WebhooksPanelTests : PageTest
{
    public WebhooksPanelTests()
    {
        Services.AddWebhookDesk();
        Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
    }

    private WebhookStore Store => Services.GetRequiredService<WebhookStore>();

    [Fact]
    public async Task Add_Webhook_ShowsItsSecretOnceAndListsIt()
    {
        var panel = Render<WebhooksPanel>();
        panel.WaitForAssertion(() => Assert.Contains("Nobody is told yet", panel.Markup, StringComparison.Ordinal));
        panel.Find("#webhook-name").Change("dashboard");
        panel.Find("#webhook-target").Change("https://example.org/hooks?key=1");
        panel.Find("#webhook-run-finished").Change(true);
        panel.Find("form").Submit();

        panel.WaitForAssertion(() => Assert.StartsWith("whsec_", panel.Find("#webhook-secret").GetAttribute("value"), StringComparison.Ordinal));
        panel.WaitForAssertion(() => Assert.Contains("https://example.org/hooks?…", panel.Find(".webhooks").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("key=1", panel.Find(".webhooks").TextContent, StringComparison.Ordinal);
        Assert.Equal(["regression.found", "run.finished"], Assert.Single(await Store.ListAsync()).KindList);
    }

    [Fact]
    public async Task Add_NothingFilledIn_SaysWhatIsMissing()
    {
        var panel = Render<WebhooksPanel>();
        panel.WaitForElement("#webhook-regression-found").Change(false);
        panel.Find("form").Submit();

        panel.WaitForAssertion(() => Assert.Equal(3, panel.FindAll(".field-error").Count));
        Assert.Empty(await Store.ListAsync());
    }

    [Fact]
    public async Task Replay_FailedDelivery_IsWaitingAgain()
    {
        var webhook = (await Store.CreateAsync(new NewWebhook("chat", WebhookFormat.Slack, ["run.finished"], "x", "https://example.org/…", "")))!;
        var deliveries = Services.GetRequiredService<DeliveryStore>();
        await deliveries.AddAsync(new HappeningRow(Guid.NewGuid(), Given.Noon, "run.finished", Guid.NewGuid(), ""), new Dictionary<Guid, string> { [webhook.Id] = "{}" });
        var due = Assert.Single(await deliveries.DueAsync(10));
        await deliveries.TriedAsync(due.Id, new DeliveryAttempt(IsDelivered: false, 500, "went wrong", TimeSpan.FromMilliseconds(3)), next: null);
        Assert.Empty(await deliveries.DueAsync(10));

        var panel = Render<WebhooksPanel>();
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll("button[aria-label='Deliveries to chat']")));
        panel.Find("button[aria-label='Deliveries to chat']").Click();
        panel.WaitForAssertion(() => Assert.Contains("went wrong", panel.Markup, StringComparison.Ordinal));
        panel.Find("button[aria-label='Send run.finished again']").Click();

        panel.WaitForAssertion(() => Assert.Contains("about to be sent", panel.Markup, StringComparison.Ordinal));
        Assert.Single(await deliveries.DueAsync(10));
    }

    [Fact]
    public async Task Switch_Webhook_IsOff()
    {
        await Store.CreateAsync(new NewWebhook("chat", WebhookFormat.Slack, ["run.finished"], "x", "https://example.org/…", ""));
        var panel = Render<WebhooksPanel>();
        panel.WaitForElement("button[aria-label='Switch chat off']").Click();

        panel.WaitForAssertion(() => Assert.Contains("switched off", panel.Markup, StringComparison.Ordinal));
        Assert.False(Assert.Single(await Store.ListAsync()).IsActive);
    }
}
