using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Brigade.Data;
using Brigade.Web.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace Brigade.Web.Access;

/// <summary>The keys that cookies, forms and links are protected with: in the database, so that they outlive a restart and hold on every node; encrypted there where a certificate is configured.</summary>
internal static class KeyRing
{
    private const string Certificate = "Brigade:Keys:Certificate";
    private const string Variable = "Brigade__Keys__Certificate";
    private const string Password = "Brigade:Keys:Password";
    private const string Old = "Brigade:Keys:OldCertificates";

    /// <exception cref="StartException">A certificate cannot be used.</exception>
    public static void AddBrigadeKeys(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var keys = builder.Services.AddDataProtection().SetApplicationName("Brigade").PersistKeysToDbContext<BrigadeDbContext>();
        if (configuration[Certificate] is { Length: > 0 } path)
            keys.ProtectKeysWithCertificate(Load(path, configuration[Password]));

        // What was encrypted with those before goes on being read.
        var old = configuration.GetSection(Old).Get<string[]>() ?? [];
        if (old.Length > 0)
            keys.UnprotectKeysWithAnyCertificate(Array.ConvertAll(old, older => Load(older, configuration[Password])));
    }

    internal static X509Certificate2 Load(string path, string? password)
    {
        try
        {
            var certificate = Path.GetExtension(path).ToLowerInvariant() is ".pfx" or ".p12" ? X509CertificateLoader.LoadPkcs12FromFile(path, password)
                : string.IsNullOrEmpty(password) ? X509Certificate2.CreateFromPemFile(path)
                : X509Certificate2.CreateFromEncryptedPemFile(path, password);
            using var key = certificate.GetRSAPrivateKey();
            return key is not null ? certificate : throw new StartException($"The certificate {path} ({Variable}) has no RSA private key, which is needed to encrypt and decrypt with it.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new StartException(
                $"The certificate {path} ({Variable}) cannot be read: {problem.Message.Split('\n')[0]} It has to be a PFX file, or a PEM file with the certificate and its key; its password stands in Brigade__Keys__Password.", problem);
        }
    }
}
