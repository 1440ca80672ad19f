using Brigade.Data.Entities;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Webhooks;

/// <summary>Webhooks and what they were told, in words.</summary>
internal static class WebhookWords
{
    public static string Of(WebhookFormat format) => format switch
    {
        WebhookFormat.Slack => "Slack-compatible message",
        WebhookFormat.Mail => "mail",
        _ => "signed JSON",
    };

    /// <summary>How it stands, for example <c>delivered (204)</c> or <c>failed, tried 8 times</c>.</summary>
    public static string Of(DeliveryRow delivery) => delivery.Status switch
    {
        DeliveryStatus.Delivered => $"delivered{(delivery.ResponseStatus is { } status ? $" ({status})" : "")}",
        DeliveryStatus.Failed => $"given up{(delivery.ResponseStatus is { } status ? $" ({status})" : "")}, tried {delivery.Attempts} times",
        _ when delivery.Attempts == 0 => "about to be sent",
        _ => $"to be tried again{(delivery.ResponseStatus is { } status ? $" ({status})" : "")}, tried {delivery.Attempts} times",
    };
}
