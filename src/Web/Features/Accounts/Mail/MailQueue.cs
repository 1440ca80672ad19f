using System.Threading.Channels;
using Microsoft.Extensions.Options;

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
internal sealed class MailQueue(IMailSender sender, IOptions<SmtpOptions> options, ILogger<MailQueue> logger) : BackgroundService, IMailQueue
{
    private const int MostWaiting = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<Letter> _waiting = Channel.CreateBounded<Letter>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    public bool IsConfigured => sender.IsConfigured;

    public void Send(Letter letter) => _waiting.Writer.TryWrite(letter);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var letter in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                patience.CancelAfter(Patience);
                await sender.SendAsync(letter, patience.Token);
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested && problem is not OutOfMemoryException)
            {
                logger.LogError("A mail could not be sent by {Host}:{Port} ({Problem}: {Message})", options.Value.Host, options.Value.Port, problem.GetType().Name, problem.Message);
            }
        }
    }
}
