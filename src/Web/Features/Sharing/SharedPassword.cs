using System.Security.Cryptography;
using System.Text;
using Brigade.Data.Queries;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Features.Sharing;

internal enum Attempt
{
    Right,
    Wrong,
    TooMany,
}

/// <summary>The password of a share link. Who knew it gets a small cookie for this link alone, which says nothing else.</summary>
internal sealed class SharedPassword(ShareDirectory directory, IPasswordHasher<ShareTarget> hasher, IDataProtectionProvider protection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Brigade.SharedPassword").ToTimeLimitedDataProtector();

    /// <summary>Whether the link needs no password, or this browser brought the right one before.</summary>
    public bool IsOpen(HttpContext context, OpenShare share)
    {
        if (share.PasswordHash is null)
            return true;
        if (context.Request.Cookies[Name(share)] is not { Length: > 0 } cookie)
            return false;
        try
        {
            return string.Equals(_protector.Unprotect(cookie), Content(share), StringComparison.Ordinal);
        }
        catch (CryptographicException)
        {
            // Too old, or not ours.
            return false;
        }
    }

    public async Task<Attempt> TryAsync(HttpContext context, OpenShare share, string token, string password)
    {
        if (share.PasswordHash is not { } hash)
            return Attempt.Right;
        if (!await directory.TryAttemptAsync(share.Id, context.RequestAborted))
            return Attempt.TooMany;
        if (password.Length > ShareMaking.LongestPassword || hasher.VerifyHashedPassword(share.Target, hash, password) == PasswordVerificationResult.Failed)
            return Attempt.Wrong;
        await directory.ForgetAttemptsAsync(share.Id, context.RequestAborted);
        context.Response.Cookies.Append(Name(share), _protector.Protect(Content(share), Lifetime), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = ShareToken.Path(token), MaxAge = Lifetime, IsEssential = true,
        });
        return Attempt.Right;
    }

    private static string Name(OpenShare share) => $"brigade-shared-{share.Id.ToString("n")[^8..]}";

    private static string Content(OpenShare share) => $"{share.Id:n}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(share.PasswordHash ?? "")))}";
}
