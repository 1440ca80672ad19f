using System.Security.Cryptography;
using System.Text;

namespace Brigade.Web.Access.Keys;

/// <summary>A key as its bearer has it: <c>brg_</c> and 256 random bits in the alphabet of addresses.</summary>
internal static class ApiKeyText
{
    /// <summary>What scanners for leaked secrets, and readers, know it by.</summary>
    public const string Mark = "brg_";

    private const int Length = 47;
    private const int ShownLength = 10;

    public static string New() => Mark + Secret.NewToken();

    /// <summary>Whether a text can be a key; most that are sent by mistake cannot, and need not be looked up.</summary>
    public static bool CanBe(string text) => text.Length == Length && text.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>What is shown of it: enough to know it again, and nothing to guess the rest from.</summary>
    public static string Prefix(string key) => key[..ShownLength];

    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
