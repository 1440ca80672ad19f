using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Accounts.Mail;
using Brigade.Web.Features.Webhooks;
using Brigade.Web.Features.Webhooks.Formats;
using Brigade.Web.Features.Webhooks.Happenings;
using Brigade.Web.Features.Webhooks.Sending;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.Options;

namespace Brigade.Web.Tests.Features.Webhooks.Sending;

public sealed class MailChannelTests
{
    private static readonly string Payload = new MailFormat().Write(new Message("run.finished", Given.Noon, new Story("Run \"a\nBcc: x\": completed", "2 of 2 trials.", "/runs/1", new()), "https://brigade.example.org/runs/1"));

    [Fact]
    public async Task SendAsync_Message_IsAMailWhoseSubjectIsItsTitle()
    {
        var mail = new FakeMail();

        var outcome = await SendAsync(mail);

        Assert.True(outcome.IsDelivered);
        var letter = Assert.Single(mail.Sent);
        Assert.Equal(("team@example.org", "[Brigade] Run \"a Bcc: x\": completed"), (letter.To, letter.Subject));
        Assert.Equal("2 of 2 trials.\n\nhttps://brigade.example.org/runs/1\n", letter.Text);
    }

    [Fact]
    public async Task SendAsync_ServerThatRefuses_IsSaidAndNotThrown()
    {
        var outcome = await SendAsync(new FakeMail { Refusal = "550 no such mailbox" });

        Assert.False(outcome.IsDelivered);
        Assert.Contains("550 no such mailbox", outcome.Response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_NoServerConfigured_SaysWhatToSet()
    {
        var outcome = await SendAsync(new FakeMail { IsConfigured = false });

        Assert.False(outcome.IsDelivered);
        Assert.Contains("Brigade__Smtp__Host", outcome.Response, StringComparison.Ordinal);
    }

    private static Task<SendOutcome> SendAsync(FakeMail mail)
    {
        var due = new DueDelivery(Guid.NewGuid(), Guid.NewGuid(), WebhookFormat.Mail, "", "", Guid.NewGuid(), "run.finished", Payload, 0, Given.Noon);
        return new MailChannel(mail, Options.Create(new WebhookOptions()), TimeProvider.System).SendAsync(new Outgoing(due, "team@example.org", ""), CancellationToken.None);
    }

    private sealed class FakeMail : IMailSender
    {
        public List<Letter> Sent { get; } = [];

        public string Refusal { get; init; } = "";

        public bool IsConfigured { get; init; } = true;

        public Task SendAsync(Letter letter, CancellationToken cancellation)
        {
            if (Refusal.Length > 0)
                throw new InvalidOperationException(Refusal);
            Sent.Add(letter);
            return Task.CompletedTask;
        }
    }
}
