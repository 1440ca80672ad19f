using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Brigade.Web.Features.Accounts.Mail;

/// <summary>Sends one mail, and says where it cannot be sent.</summary>
internal interface IMailSender
{
    /// <summary>False where no mail server is configured.</summary>
    bool IsConfigured { get; }

    /// <exception cref="Exception">Whatever the mail server or the way to it has against it.</exception>
    Task SendAsync(Letter letter, CancellationToken cancellation);
}

/// <summary>By SMTP, a connection for each.</summary>
internal sealed class MailSender(IOptions<SmtpOptions> options) : IMailSender
{
    public bool IsConfigured => options.Value.IsConfigured;

    public async Task SendAsync(Letter letter, CancellationToken cancellation)
    {
        var smtp = options.Value;
        using var message = new MimeMessage { Subject = letter.Subject, Body = new TextPart("plain") { Text = letter.Text } };
        message.From.Add(new MailboxAddress("Brigade", smtp.From));
        message.To.Add(MailboxAddress.Parse(letter.To));
        using var client = new SmtpClient();

        // As HttpClient does: an authority of one's own has no list of what it revoked, and then no mail would be sent at all.
        client.CheckCertificateRevocation = false;
        await client.ConnectAsync(smtp.Host, smtp.Port, smtp.Security switch
        {
            "tls" => SecureSocketOptions.SslOnConnect,
            "none" => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        }, cancellation);
        if (smtp.UserName.Length > 0)
            await client.AuthenticateAsync(smtp.UserName, smtp.Password, cancellation);
        await client.SendAsync(message, cancellation);
        await client.DisconnectAsync(quit: true, cancellation);
    }
}
