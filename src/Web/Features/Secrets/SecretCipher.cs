using System.Security.Cryptography;
using Brigade.Data.Queries;
using Microsoft.AspNetCore.DataProtection;

namespace Brigade.Web.Features.Secrets;

/// <summary>With the server's data-protection keys, of which each workspace and name has its own: what is copied from one row to another cannot be read there.</summary>
internal sealed class SecretCipher(IDataProtectionProvider protection) : ISecretCipher
{
    public string Encrypt(Guid workspaceId, string name, string value) => Protector(workspaceId, name).Protect(value);

    public string? Decrypt(Guid workspaceId, string name, string cipher)
    {
        try
        {
            return Protector(workspaceId, name).Unprotect(cipher);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(Guid workspaceId, string name) => protection.CreateProtector("Brigade.Secrets", workspaceId.ToString("n"), name);
}
