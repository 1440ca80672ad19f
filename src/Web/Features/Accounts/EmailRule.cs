using System.Net.Mail;
using Brigade.Data.Entities;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Features.Accounts;

/// <summary>An e-mail address may be missing; one that is there looks like one and is nobody else's. A person has a name.</summary>
internal sealed class EmailRule : IUserValidator<User>
{
    public const int Longest = 254;

    public async Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user)
    {
        ArgumentNullException.ThrowIfNull(manager);
        ArgumentNullException.ThrowIfNull(user);
        if (user.DisplayName.Trim().Length == 0 || user.DisplayName.Length > User.LongestName || user.DisplayName.Any(char.IsControl))
            return Failed("Name", $"A name has 1 to {User.LongestName} characters.");
        if (user.Email is null)
            return IdentityResult.Success;
        if (!LooksRight(user.Email))
            return Failed("Email", "This is no e-mail address. Write it as name@example.org.");
        return await manager.FindByEmailAsync(user.Email) is { } other && other.Id != user.Id
            ? Failed("EmailTaken", "This e-mail address cannot be used. Choose another one.")
            : IdentityResult.Success;
    }

    public static bool LooksRight(string email) =>
        email.Length is > 2 and <= Longest && !email.Any(character => char.IsControl(character) || char.IsWhiteSpace(character))
        && MailAddress.TryCreate(email, out var address) && string.Equals(address.Address, email, StringComparison.Ordinal);

    private static IdentityResult Failed(string code, string description) => IdentityResult.Failed(new IdentityError { Code = code, Description = description });
}
