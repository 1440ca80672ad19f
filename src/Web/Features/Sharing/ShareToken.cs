using System.Security.Cryptography;
using System.Text;
using Brigade.Web.Access;

namespace Brigade.Web.Features.Sharing;

/// <summary>The secret in a share link's address. Only its hash is stored, so that neither a backup nor a reader of the database can open a link.</summary>
internal static class ShareToken
{
    public const string Prefix = "/shared/";

    /// <summary>Of 256 bits in the alphabet of addresses.</summary>
    private const int Length = 43;

    public static string New() => Secret.NewToken();

    /// <summary>Null for what can be no token, which nobody has to look up.</summary>
    public static string? Hash(string token) => token.Length == Length ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))) : null;

    public static string Path(string token) => Prefix + token;
}
