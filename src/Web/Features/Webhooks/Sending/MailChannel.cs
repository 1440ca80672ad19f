using Brigade.Data.Entities;
using Brigade.Web.Features.Accounts.Mail;
using Brigade.Web.Features.Webhooks.Formats;
using Microsoft.Extensions.Options;

namespace Brigade.Web.Features.Webhooks.Sending;

/// <summary>Sends a mail.</summary>
internal sealed class MailChannel(IMailSender mail, IOptions<WebhookOptions> options, TimeProvider time) : ISender
{
    /// <summary>Mail servers are slower than those of the web.</summary>
    private const int Slower = 3;

    public bool Sends(WebhookFormat format) => format == WebhookFormat.Mail;

    public async Task<SendOutcome> SendAsync(Outgoing outgoing, CancellationToken cancellation)
    {
        if (!mail.IsConfigured)
            return new SendOutcome(IsDelivered: false, Status: null, "This server has no mail server: set Brigade__Smtp__Host.");
        using var patience = new CancellationTokenSource(options.Value.Patience * Slower, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            var (subject, text) = MailFormat.Read(outgoing.Due.Payload);
            await mail.SendAsync(new Letter(outgoing.Target, subject, text), either.Token);
            return new SendOutcome(IsDelivered: true, Status: null, "The mail server has taken it.");
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested && problem is not OutOfMemoryException)
        {
            return new SendOutcome(IsDelivered: false, Status: null, $"The mail server did not take it: {problem.GetBaseException().Message.ReplaceLineEndings(" ")}");
        }
    }
}
