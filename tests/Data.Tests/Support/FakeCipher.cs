using Brigade.Data.Queries;

namespace Brigade.Data.Tests.Support;

/// <summary>Turns values around, and notes whose they are.</summary>
internal sealed class FakeCipher : ISecretCipher
{
    public string Encrypt(Guid workspaceId, string name, string value) => $"{workspaceId:n}/{name}/{Turned(value)}";

    public string? Decrypt(Guid workspaceId, string name, string cipher) =>
        cipher.StartsWith($"{workspaceId:n}/{name}/", StringComparison.Ordinal) ? Turned(cipher[(34 + name.Length)..]) : null;

    private static string Turned(string text) => new([.. text.Reverse()]);
}
