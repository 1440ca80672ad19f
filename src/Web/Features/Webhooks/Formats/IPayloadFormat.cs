using Brigade.Data.Entities;
using Brigade.Web.Features.Webhooks.Happenings;

namespace Brigade.Web.Features.Webhooks.Formats;

/// <summary>What is to be sent.</summary>
/// <param name="Url">The page that shows it.</param>
internal sealed record Message(string Kind, DateTimeOffset At, Story Story, string Url);

/// <summary>Writes what is sent, in one form. One file per form.</summary>
internal interface IPayloadFormat
{
    WebhookFormat Format { get; }

    string Write(Message message);
}
