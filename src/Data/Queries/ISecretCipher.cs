namespace Brigade.Data.Queries;

/// <summary>Encrypts what is stored. What was made for one workspace and name cannot be read as another's.</summary>
public interface ISecretCipher
{
    string Encrypt(Guid workspaceId, string name, string value);

    /// <summary>The value; null where the keys that it was made with are gone, or it is another's.</summary>
    string? Decrypt(Guid workspaceId, string name, string cipher);
}
