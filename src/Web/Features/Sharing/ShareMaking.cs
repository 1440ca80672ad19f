using Brigade.Data.Queries;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Features.Sharing;

/// <summary>A link that was just made. Its token is told now and never again.</summary>
public sealed record MadeShare(ShareRow Row, string Token);

/// <summary>Makes share links: the one place for the dialog and the API.</summary>
public sealed class ShareMaking(ShareStore store, IPasswordHasher<ShareTarget> hasher, TimeProvider time)
{
    public const int ShortestPassword = 8;
    public const int LongestPassword = 128;

    /// <summary>Where nobody says how long.</summary>
    public const int DefaultDays = 30;

    public const int MostDays = 3_650;

    /// <summary>Null where the workspace does not have what it is to show.</summary>
    /// <param name="days">Null for no end.</param>
    /// <param name="password">Empty where the link alone is enough.</param>
    public async Task<MadeShare?> MakeAsync(ShareTarget target, bool withSpec, string note, int? days, string password, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(password);
        var token = ShareToken.New();
        var share = new NewShare(target, withSpec, note.Trim(), days is { } after ? time.GetUtcNow().AddDays(after) : null);
        return await store.CreateAsync(share, ShareToken.Hash(token)!, password.Length > 0 ? hasher.HashPassword(target, password) : null, cancellation) is { } row ? new MadeShare(row, token) : null;
    }

    /// <summary>What is wrong with a password; null where nothing is. The empty one is none.</summary>
    public static string? ProblemOf(string password) => password.Length is 0 or (>= ShortestPassword and <= LongestPassword)
        ? null : $"A password has {ShortestPassword} to {LongestPassword} characters; leave it out where the link alone is enough.";
}
