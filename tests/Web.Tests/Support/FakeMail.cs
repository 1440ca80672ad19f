using Brigade.Web.Features.Accounts.Mail;

namespace Brigade.Web.Tests.Support;

/// <summary>Keeps what was to be sent.</summary>
internal sealed class FakeMail : IMailQueue
{
    public bool IsConfigured { get; set; }

    public List<Letter> Sent { get; } = [];

    public void Send(Letter letter) => Sent.Add(letter);
}
