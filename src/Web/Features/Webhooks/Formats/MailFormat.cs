using Brigade.Data.Entities;

namespace Brigade.Web.Features.Webhooks.Formats;

/// <summary>A mail in plain text: the first line is its subject.</summary>
internal sealed class MailFormat : IPayloadFormat
{
    public WebhookFormat Format => WebhookFormat.Mail;

    public string Write(Message message) => $"[Brigade] {message.Story.Title.ReplaceLineEndings(" ")}\n{message.Story.Text}\n\n{message.Url}\n";

    /// <summary>Takes apart what was written.</summary>
    public static (string Subject, string Text) Read(string payload)
    {
        var end = payload.IndexOf('\n', StringComparison.Ordinal);
        return (payload[..end], payload[(end + 1)..]);
    }
}
