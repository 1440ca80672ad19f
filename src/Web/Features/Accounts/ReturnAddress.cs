namespace Brigade.Web.Features.Accounts;

/// <summary>Where to go after signing in: a path of this server and never an address of somebody else's.</summary>
internal static class ReturnAddress
{
    private const int Longest = 2000;

    /// <summary>The path, or <c>/</c> where it is none of this server's pages.</summary>
    public static string Local(string? address) =>
        address is { Length: > 0 and <= Longest } && address[0] == '/' && (address.Length == 1 || address[1] is not ('/' or '\\'))
        && !address.Any(character => char.IsControl(character) || character == '\\')
        && !address.StartsWith("/account/sign-", StringComparison.OrdinalIgnoreCase)
            ? address
            : "/";
}
