using Microsoft.AspNetCore.Identity;

namespace Brigade.Data.Entities;

/// <summary>
/// A person. What they belong to is said by memberships, so a user is of no workspace. The user name is the id, because names change and e-mail addresses are optional: the first owner begins without one.
/// </summary>
public sealed class User : IdentityUser<Guid>
{
    public const int LongestName = 100;

    /// <summary>What others read beside what this person did.</summary>
    public required string DisplayName { get; set; }

    /// <summary>May not sign in, and is signed out everywhere.</summary>
    public bool Disabled { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>The workspace that this person worked in last, and begins in when they sign in.</summary>
    public Guid? LastWorkspaceId { get; set; }

    /// <summary>A user who is stored nowhere yet.</summary>
    public static User Create(string displayName, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        return new User
        {
            Id = id, UserName = id.ToString("N"), NormalizedUserName = id.ToString("N").ToUpperInvariant(), DisplayName = displayName, CreatedAt = now,
            SecurityStamp = Guid.NewGuid().ToString("N"), LockoutEnabled = true,
        };
    }
}
