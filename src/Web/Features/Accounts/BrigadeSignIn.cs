using System.Security.Claims;
using Brigade.Data.Entities;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Brigade.Web.Features.Accounts;

/// <summary>Identity's sign-in, which does not let disabled users in and remembers when somebody came.</summary>
internal sealed class BrigadeSignIn(
    UserManager<User> users,
    IHttpContextAccessor context,
    IUserClaimsPrincipalFactory<User> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<User>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<User> confirmation,
    TimeProvider time) : SignInManager<User>(users, context, claims, options, logger, schemes, confirmation)
{
    // So that an address without an account takes as long as one with.
    private static readonly User Nobody = User.Create("Nobody", DateTimeOffset.UnixEpoch);
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<User>().HashPassword(Nobody, Guid.NewGuid().ToString()));

    public override async Task<bool> CanSignInAsync(User user) => !user.Disabled && await base.CanSignInAsync(user);

    /// <summary>The first step by e-mail and password. Whatever is wrong, the answer and the time that it takes are the same.</summary>
    public async Task<SignInResult> EmailSignInAsync(string email, string password)
    {
        var user = await UserManager.FindByEmailAsync(email);
        if (user?.PasswordHash is not null && await CanSignInAsync(user) && !await UserManager.IsLockedOutAsync(user))
            return await PasswordSignInAsync(user, password, isPersistent: true, lockoutOnFailure: true);
        UserManager.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash.Value, password);
        return SignInResult.Failed;
    }

    /// <summary>Whether this is the user's password; counts wrong ones as signing in does.</summary>
    public async Task<bool> IsPasswordAsync(User user, string password) => (await CheckPasswordSignInAsync(user, password, lockoutOnFailure: true)).Succeeded;

    public override async Task SignInWithClaimsAsync(User user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        user.LastSeenAt = time.GetUtcNow();
        await UserManager.UpdateAsync(user);
        await base.SignInWithClaimsAsync(user, authenticationProperties, additionalClaims);
    }
}
