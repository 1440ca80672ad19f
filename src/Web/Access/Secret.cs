using System.Security.Cryptography;
using System.Text;

namespace Brigade.Web.Access;

/// <summary>A token of which only the hash is kept; compared in constant time.</summary>
internal sealed class Secret
{
    private readonly byte[] _hash;

    public Secret(string token) => _hash = Hash(token);

    /// <summary>256 random bits in the alphabet of addresses.</summary>
    public static string NewToken() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public bool Matches(string token) => CryptographicOperations.FixedTimeEquals(_hash, Hash(token));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
