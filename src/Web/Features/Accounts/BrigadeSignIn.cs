using System.Security.Claims;
using Brigade.Data.Entities;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Brigade.Web.Features.Accounts;

/// <summary>Identity's sign-in, which does not let disabled users in, remembers when somebody came, and tells the audit log.</summary>
internal sealed class BrigadeSignIn(
    UserManager<User> users,
    IHttpContextAccessor context,
    IUserClaimsPrincipalFactory<User> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<User>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<User> confirmation,
    AccountAudit audit,
    TimeProvider time) : SignInManager<User>(users, context, claims, options, logger, schemes, confirmation)
{
    // So that an address without an account takes as long as one with.
    private static readonly User Nobody = User.Create("Nobody", DateTimeOffset.UnixEpoch);
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<User>().HashPassword(Nobody, Guid.NewGuid().ToString()));

    private bool _isRefresh;

    public override async Task<bool> CanSignInAsync(User user) => !user.Disabled && await base.CanSignInAsync(user);

    /// <summary>The first step by e-mail and password. Whatever is wrong, the answer and the time that it takes are the same.</summary>
    public async Task<SignInResult> EmailSignInAsync(string email, string password)
    {
        var user = await UserManager.FindByEmailAsync(email);
        if (user?.PasswordHash is not null && await CanSignInAsync(user) && !await UserManager.IsLockedOutAsync(user))
        {
            var result = await PasswordSignInAsync(user, password, isPersistent: true, lockoutOnFailure: true);
            NoteFailure(user, result, "wrong password");
            return result;
        }

        UserManager.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash.Value, password);
        return SignInResult.Failed;
    }

    /// <summary>The second step by a code of the authenticator, or by one of the recovery codes.</summary>
    public async Task<SignInResult> CodeSignInAsync(User user, string code, bool isRecovery)
    {
        var wasOpen = !await UserManager.IsLockedOutAsync(user);
        var result = isRecovery
            ? await TwoFactorRecoveryCodeSignInAsync(code)
            : await TwoFactorAuthenticatorSignInAsync(code.Replace("-", "", StringComparison.Ordinal), isPersistent: true, rememberClient: false);

        // A closed account is not told of again and again, however often somebody tries.
        if (wasOpen)
            NoteFailure(user, result, "wrong code");
        return result;
    }

    /// <summary>Whether this is the user's password; counts wrong ones as signing in does.</summary>
    public async Task<bool> IsPasswordAsync(User user, string password) => (await CheckPasswordSignInAsync(user, password, lockoutOnFailure: true)).Succeeded;

    /// <summary>Tells the audit log what this user has done with their account.</summary>
    public Task NoteAsync(User user, string action, string detail = "") => audit.NoteAsync(user, action, detail);

    public override async Task RefreshSignInAsync(User user)
    {
        _isRefresh = true;
        try
        {
            await base.RefreshSignInAsync(user);
        }
        finally
        {
            _isRefresh = false;
        }
    }

    public override async Task SignInWithClaimsAsync(User user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var added = additionalClaims.ToList();
        user.LastSeenAt = time.GetUtcNow();
        await UserManager.UpdateAsync(user);
        await base.SignInWithClaimsAsync(user, authenticationProperties, added);
        if (!_isRefresh)
            await audit.NoteEntryAsync(user, $"by {Means(added)}{From()}");
    }

    private static string Means(IReadOnlyList<Claim> claims)
    {
        var means = claims.FirstOrDefault(claim => string.Equals(claim.Type, ClaimTypes.AuthenticationMethod, StringComparison.Ordinal))?.Value
            ?? claims.FirstOrDefault(claim => string.Equals(claim.Type, "amr", StringComparison.Ordinal))?.Value;
        return means switch
        {
            null or "pwd" => "password",
            "mfa" => "password and second step",
            _ => means,
        };
    }

    // After the answer: the time that it takes must not tell that there is such an account.
    private void NoteFailure(User user, SignInResult result, string why)
    {
        if (result.Succeeded || result.RequiresTwoFactor)
            return;
        var (action, detail) = (result.IsLockedOut ? "account.locked" : "account.sign-in-failed", why + From());
        Context.Response.OnCompleted(() => audit.NoteAttemptAsync(user, action, detail));
    }

    private string From() => Context.Connection.RemoteIpAddress is { } address ? $", from {(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)}" : "";
}
