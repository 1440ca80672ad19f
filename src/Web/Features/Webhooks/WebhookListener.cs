using Brigade.Data.Queries;
using Brigade.Web.Features.Webhooks.Formats;
using Brigade.Web.Features.Webhooks.Happenings;

namespace Brigade.Web.Features.Webhooks;

/// <summary>Makes a delivery of what has happened for each webhook that wants to know it.</summary>
internal sealed class WebhookListener(WebhookStore webhooks, DeliveryStore deliveries, IEnumerable<IHappeningStory> stories, IEnumerable<IPayloadFormat> formats, PageAddress pages) : IHappeningListener
{
    public async Task HearAsync(HappeningRow happening, CancellationToken cancellation)
    {
        var wanting = happening.Kind is Data.HappeningKinds.Ping
            ? (await webhooks.FindAsync(happening.Subject, cancellation) is { } tried ? [tried] : [])
            : await webhooks.SubscribersAsync(happening.Kind, cancellation);
        if (wanting.Count == 0 || stories.FirstOrDefault(known => string.Equals(known.Kind, happening.Kind, StringComparison.Ordinal)) is not { } story)
            return;
        if (await story.TellAsync(happening, cancellation) is not { } told)
            return;
        var message = new Message(happening.Kind, happening.At, told, pages.Of(told.Path));
        await deliveries.AddAsync(happening, wanting.ToDictionary(webhook => webhook.Id, webhook => formats.Single(format => format.Format == webhook.Format).Write(message)), cancellation);
    }
}
