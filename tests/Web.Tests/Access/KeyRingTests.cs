using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Brigade.Data;
using Brigade.Web.Access;
using Brigade.Web.Hosting;
using Brigade.Web.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Access;

/// <summary>Where the keys are kept that cookies are protected with. Each test takes a server of its own, with other settings.</summary>
public sealed class KeyRingTests : IAsyncLifetime
{
    private readonly string _temp = Directory.CreateTempSubdirectory("brigade-web-").FullName;
    private readonly BrigadeServer _server = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_temp, recursive: true);
    }

    [Fact]
    public async Task Keys_WithoutCertificate_AreInTheDatabaseAndCookiesOutliveARestart()
    {
        await _server.InitializeAsync();
        var cookie = await CookieAsync();
        Assert.NotEmpty(await KeysAsync());

        await _server.RestartAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(cookie));
    }

    [Fact]
    public async Task Keys_WithACertificate_AreEncryptedAndReadAgainAlsoAfterItWasReplaced()
    {
        var (first, second) = (Certificate("first"), Certificate("second"));
        _server.Settings = [$"--Brigade:Keys:Certificate={first}", "--Brigade:Keys:Password=secret"];
        await _server.InitializeAsync();
        var cookie = await CookieAsync();
        Assert.All(await KeysAsync(), key =>
        {
            Assert.Contains("EncryptedData", key, StringComparison.Ordinal);
            Assert.DoesNotContain("<masterKey", key, StringComparison.Ordinal);
        });

        _server.Settings = [$"--Brigade:Keys:Certificate={second}", $"--Brigade:Keys:OldCertificates:0={first}", "--Brigade:Keys:Password=secret"];
        await _server.RestartAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(cookie));
    }

    [Fact]
    public void Load_PemWithItsKey_IsTaken()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(Given.Noon, Given.Noon.AddYears(9));
        var file = Path.Combine(_temp, "keys.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());

        using var loaded = KeyRing.Load(file, null);

        Assert.True(loaded.HasPrivateKey);
    }

    [Theory]
    [InlineData("missing.pfx", null)]
    [InlineData("nonsense.pfx", "nonsense")]
    [InlineData("nonsense.pem", "nonsense")]
    public void Load_FileThatIsNoCertificate_IsRefusedWithTheMend(string name, string? content)
    {
        var file = Path.Combine(_temp, name);
        if (content is not null)
            File.WriteAllText(file, content);

        var refusal = Assert.Throws<StartException>(() => KeyRing.Load(file, "secret"));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    private string Certificate(string name)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(Given.Noon, Given.Noon.AddYears(9));
        var file = Path.Combine(_temp, $"{name}.pfx");
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12, "secret"));
        return file;
    }

    private async Task<List<string>> KeysAsync()
    {
        await using var db = await _server.Get<IDbContextFactory<BrigadeDbContext>>().CreateDbContextAsync();
        return await db.DataProtectionKeys.Select(key => key.Xml!).ToListAsync();
    }

    private async Task<string> CookieAsync()
    {
        using var client = _server.Client(token: null);
        using var opened = await client.GetAsync((await _server.Services.GetRequiredService<IOneTimeLinks>().CreateAsync()).Path);
        return opened.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private async Task<HttpStatusCode> StatusAsync(string cookie)
    {
        using var client = _server.Client(token: null);
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        using var response = await client.GetAsync("/api/v1/runs");
        return response.StatusCode;
    }
}
