using System.Text.Json.Nodes;
using Brigade.Data;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Webhooks.Happenings;

/// <summary>Somebody tries a webhook. Nobody subscribes to it: it goes to the one that is tried.</summary>
internal sealed class PingStory(WebhookStore webhooks) : IHappeningStory
{
    public string Kind => HappeningKinds.Ping;

    public string Label => "somebody tries this webhook";

    public async Task<Story?> TellAsync(HappeningRow happening, CancellationToken cancellation) =>
        await webhooks.FindAsync(happening.Subject, cancellation) is { } webhook
            ? new Story($"Brigade tries \"{webhook.Name}\"", "If you read this, it works.", "/settings?tab=webhooks", new JsonObject { ["webhookId"] = webhook.Id, ["name"] = webhook.Name })
            : null;
}
