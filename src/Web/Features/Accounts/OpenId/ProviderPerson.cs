using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Brigade.Data.Entities;
using Microsoft.AspNetCore.Authentication;

namespace Brigade.Web.Features.Accounts.OpenId;

/// <summary>Who somebody is by the word of the provider, and what they came for.</summary>
/// <param name="Issuer">Who vouches, as the database keeps it.</param>
/// <param name="Subject">The account there, as the database keeps it.</param>
/// <param name="Email">Null unless the provider says that it is verified.</param>
/// <param name="ReturnTo">Where to go afterwards.</param>
/// <param name="LinkTo">The account of Brigade that asked to be linked; null for signing in.</param>
internal sealed record ProviderPerson(string Issuer, string Subject, string Name, string? Email, string ReturnTo, Guid? LinkTo)
{
    public const string IssuerClaim = "iss";
    public const string SubjectClaim = "sub";
    public const string NameClaim = "name";
    public const string EmailClaim = "email";
    public const string VerifiedClaim = "email_verified";
    public const string ReturnKey = "brigade:return";
    public const string LinkKey = "brigade:link";

    // Identity's columns are as long as that.
    private const int LongestKey = 128;

    /// <summary>Null where the provider did not say who it is.</summary>
    public static ProviderPerson? Of(AuthenticateResult answer)
    {
        if (answer is not { Succeeded: true, Principal: { } principal } || principal.FindFirstValue(IssuerClaim) is not { Length: > 0 } issuer || principal.FindFirstValue(SubjectClaim) is not { Length: > 0 } subject)
            return null;
        var isVerified = string.Equals(principal.FindFirstValue(VerifiedClaim), "true", StringComparison.OrdinalIgnoreCase);
        var email = isVerified && principal.FindFirstValue(EmailClaim)?.Trim() is { } address && EmailRule.LooksRight(address) ? address : null;
        var items = answer.Properties!.Items;
        return new ProviderPerson(
            Key(issuer), Key(subject), CleanName(principal.FindFirstValue(NameClaim), email), email, ReturnAddress.Local(items.TryGetValue(ReturnKey, out var to) ? to : null),
            items.TryGetValue(LinkKey, out var link) && Guid.TryParse(link, out var user) ? user : null);
    }

    private static string CleanName(string? name, string? email)
    {
        var clean = string.Concat((name ?? "").Where(character => !char.IsControl(character))).Trim();
        if (clean.Length == 0)
            clean = email?.Split('@')[0] ?? "New member";
        return clean.Length <= User.LongestName ? clean : clean[..User.LongestName];
    }

    private static string Key(string value) => value.Length <= LongestKey ? value : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)))}";
}
