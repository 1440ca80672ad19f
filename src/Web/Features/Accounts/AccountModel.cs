using System.Buffers.Text;
using Brigade.Data.Entities;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Features.Accounts;

/// <summary>What "Your account" shows.</summary>
/// <param name="RecoveryCodes">How many are left.</param>
/// <param name="IsNew">Whether this person could not come back by themselves yet.</param>
public sealed record AccountModel(
    string Name, string Email, bool HasPassword, IReadOnlyList<PasskeyRow> Passkeys, bool HasTotp, int RecoveryCodes, bool IsNew)
{
    public static async Task<AccountModel> ReadAsync(HttpContext context, User user)
    {
        var users = context.RequestServices.GetRequiredService<UserManager<User>>();
        var passkeys = (await users.GetPasskeysAsync(user)).OrderBy(passkey => passkey.CreatedAt)
            .Select(passkey => new PasskeyRow(Base64Url.EncodeToString(passkey.CredentialId), passkey.Name ?? "Passkey", passkey.CreatedAt)).ToList();
        var hasPassword = await users.HasPasswordAsync(user);
        return new AccountModel(
            user.DisplayName, user.Email ?? "", hasPassword, passkeys, user.TwoFactorEnabled, user.TwoFactorEnabled ? await users.CountRecoveryCodesAsync(user) : 0,
            !(hasPassword && user.Email is not null) && passkeys.Count == 0);
    }
}

/// <param name="Id">Base64url of the credential's id.</param>
public sealed record PasskeyRow(string Id, string Name, DateTimeOffset CreatedAt);
