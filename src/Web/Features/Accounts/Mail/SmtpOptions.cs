namespace Brigade.Web.Features.Accounts.Mail;

/// <summary>The section <c>Brigade:Smtp</c>: how Brigade sends mail. Without a host it sends none.</summary>
internal sealed class SmtpOptions
{
    public const string Section = "Brigade:Smtp";

    public string Host { get; set; } = "";

    public int Port { get; set; } = 587;

    /// <summary>The sender, for example <c>brigade@example.org</c>.</summary>
    public string From { get; set; } = "";

    public string UserName { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary><c>starttls</c>, <c>tls</c>, or <c>none</c> for a relay on this machine.</summary>
    public string Security { get; set; } = "starttls";

    public bool IsConfigured => Host.Length > 0;
}
