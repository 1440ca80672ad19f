using Brigade.Web.Features.Secrets;
using Microsoft.AspNetCore.DataProtection;

namespace Brigade.Web.Tests.Features.Secrets;

public sealed class SecretCipherTests
{
    [Fact]
    public void Decrypt_OwnOrAnothers_IsReadOrNot()
    {
        var cipher = new SecretCipher(new EphemeralDataProtectionProvider());
        var workspace = Guid.NewGuid();
        var text = cipher.Encrypt(workspace, "NAME", "a value");

        Assert.DoesNotContain("a value", text, StringComparison.Ordinal);
        Assert.Equal("a value", cipher.Decrypt(workspace, "NAME", text));
        Assert.Null(cipher.Decrypt(workspace, "OTHER", text));
        Assert.Null(cipher.Decrypt(Guid.NewGuid(), "NAME", text));
        Assert.Null(new SecretCipher(new EphemeralDataProtectionProvider()).Decrypt(workspace, "NAME", text));
    }
}
