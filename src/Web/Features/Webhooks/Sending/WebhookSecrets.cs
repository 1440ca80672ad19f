using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Brigade.Web.Features.Webhooks.Sending;

/// <summary>Encrypts what the database keeps of a webhook and nobody is to read there, by the server's data-protection keys.</summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Brigade.Webhooks");

    public string Hide(string text) => text.Length == 0 ? "" : _protector.Protect(text);

    /// <summary>Null where it was hidden with keys that the server does not have any more.</summary>
    public string? Show(string hidden)
    {
        try
        {
            return hidden.Length == 0 ? "" : _protector.Unprotect(hidden);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
