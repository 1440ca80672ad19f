using System.Buffers.Text;
using Brigade.Data.Entities;
using Brigade.Web.Hosting;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Features.Accounts;

/// <summary>What "Your account" shows.</summary>
/// <param name="RecoveryCodes">How many are left.</param>
/// <param name="IsNew">Whether this person could not come back by themselves yet.</param>
/// <param name="IsForOthers">Whether others can reach the server.</param>
/// <param name="Links">Accounts at the provider that sign in here.</param>
public sealed record AccountModel(
    string Name, string Email, bool HasPassword, IReadOnlyList<PasskeyRow> Passkeys, bool HasTotp, int RecoveryCodes, bool IsNew, bool IsForOthers,
    IReadOnlyList<ProviderLink> Links)
{
    public static async Task<AccountModel> ReadAsync(HttpContext context, User user)
    {
        var users = context.RequestServices.GetRequiredService<UserManager<User>>();
        var passkeys = (await users.GetPasskeysAsync(user)).OrderBy(passkey => passkey.CreatedAt)
            .Select(passkey => new PasskeyRow(Base64Url.EncodeToString(passkey.CredentialId), passkey.Name ?? "Passkey", passkey.CreatedAt)).ToList();
        var hasPassword = await users.HasPasswordAsync(user);
        var links = (await users.GetLoginsAsync(user)).Select(login => new ProviderLink(login.LoginProvider, login.ProviderKey, login.ProviderDisplayName ?? login.LoginProvider)).ToList();
        return new AccountModel(
            user.DisplayName, user.Email ?? "", hasPassword, passkeys, user.TwoFactorEnabled, user.TwoFactorEnabled ? await users.CountRecoveryCodesAsync(user) : 0,
            !(hasPassword && user.Email is not null) && passkeys.Count == 0 && links.Count == 0, context.RequestServices.GetRequiredService<PublicAddress>().Url is not null, links);
    }
}

/// <param name="Id">Base64url of the credential's id.</param>
public sealed record PasskeyRow(string Id, string Name, DateTimeOffset CreatedAt);

/// <param name="Issuer">Who vouches for it.</param>
/// <param name="Subject">The account there.</param>
public sealed record ProviderLink(string Issuer, string Subject, string Name);
