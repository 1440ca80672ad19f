using System.Threading.Channels;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Brigade.Web.Features.Accounts.Mail;

/// <summary>A mail in plain text.</summary>
internal sealed record Letter(string To, string Subject, string Text);

/// <summary>Takes mail and sends it later, so that nobody can tell by the time of an answer whether there was one to send.</summary>
internal interface IMailQueue
{
    /// <summary>False where no mail server is configured.</summary>
    bool IsConfigured { get; }

    void Send(Letter letter);
}

/// <summary>Sends by SMTP, one after the other. A mail that cannot be sent is told to the log without its text, which can hold a secret.</summary>
internal sealed class MailQueue(IOptions<SmtpOptions> options, ILogger<MailQueue> logger) : BackgroundService, IMailQueue
{
    private const int MostWaiting = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<Letter> _waiting = Channel.CreateBounded<Letter>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    public bool IsConfigured => options.Value.IsConfigured;

    public void Send(Letter letter) => _waiting.Writer.TryWrite(letter);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var letter in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                patience.CancelAfter(Patience);
                await SendAsync(letter, patience.Token);
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested && problem is not OutOfMemoryException)
            {
                logger.LogError("A mail could not be sent by {Host}:{Port} ({Problem}: {Message})", options.Value.Host, options.Value.Port, problem.GetType().Name, problem.Message);
            }
        }
    }

    private async Task SendAsync(Letter letter, CancellationToken cancellation)
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
