using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Brigade.Web.Features.Webhooks.Sending;

/// <summary>Signs what is sent as the Standard Webhooks specification has it: HMAC-SHA256 over id, time and body, with a secret that is written <c>whsec_</c> and base64.</summary>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string Mark = "whsec_";
    private const int SecretBytes = 32;

    public static string NewSecret() => Mark + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>The id of a message: the same each time it is sent, so that a receiver takes it once.</summary>
    public static string IdOf(Guid happening) => $"msg_{happening:n}";

    /// <summary>The value of the header <c>webhook-signature</c>.</summary>
    public static string Of(string secret, string id, DateTimeOffset at, string body)
    {
        var key = Convert.FromBase64String(secret.StartsWith(Mark, StringComparison.Ordinal) ? secret[Mark.Length..] : secret);
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.{body}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)));
    }
}
