using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Brigade.Integration.Tests.Support;
using Xunit;

namespace Brigade.Integration.Tests;

/// <summary>Mail that really leaves the server, and what its link does.</summary>
public sealed partial class MailTests : IDisposable
{
    private const string Address = "chef@example.org";

    private readonly TemporaryDirectory _data = new();
    private readonly TemporaryDirectory _certificates = new();

    public void Dispose()
    {
        _data.Dispose();
        _certificates.Dispose();
    }

    [Fact]
    public async Task Forgot_ByStartTlsWithAPassword_SendsALinkThatSetsANewPassword()
    {
        var (authority, certificate, key) = Certificates();
        await using var mail = await MailServer.StartAsync(certificate, key, "brigade", "a;secret");
        await using var server = await Server.StartAsync(_data.Path, environment: Settings(mail, "starttls", authority));
        using var browser = await OwnerAsync(server);

        await PostAsync(browser, "/account/forgot", "/account/forgot", ("email", Address));

        var letter = await mail.NextAsync();
        Assert.Equal((true, "brigade", "brigade@example.org", Address), ((bool)letter["tls"]!, (string)letter["user"]!, (string)letter["from"]!, (string)letter["to"]![0]!));
        Assert.Equal("A new password for Brigade", (string)letter["subject"]!);
        var link = Link().Match((string)letter["text"]!).Value;
        Assert.StartsWith(server.Address, link, StringComparison.Ordinal);
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(link).Query);
        using var set = await PostAsync(browser, link, "/account/reset", ("user", query["user"]!), ("token", query["token"]!), ("password", "a wholly new password"));
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        using var signedIn = await PostAsync(browser, "/account/sign-in", "/account/sign-in", ("email", Address), ("password", "a wholly new password"));
        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
    }

    [Fact]
    public async Task Forgot_ByAServerThatNobodyVouchesFor_SendsNothingAndSaysSoWithoutTheSecret()
    {
        var (_, certificate, key) = Certificates();
        await using var mail = await MailServer.StartAsync(certificate, key, "brigade", "a;secret");
        await using var server = await Server.StartAsync(_data.Path, environment: Settings(mail, "starttls", authority: null));
        using var browser = await OwnerAsync(server);

        await PostAsync(browser, "/account/forgot", "/account/forgot", ("email", Address));

        await UntilAsync(() => server.Errors.Contains("mail", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("token=", server.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("a;secret", server.Errors, StringComparison.Ordinal);
        Assert.False(mail.HasMore);
    }

    [Fact]
    public async Task Forgot_ByARelayOnThisMachine_OnlyWritesToAddressesThatAreKnown()
    {
        await using var mail = await MailServer.StartAsync();
        await using var server = await Server.StartAsync(_data.Path, environment: Settings(mail, "none", authority: null, user: ""));
        using var browser = await OwnerAsync(server);

        await PostAsync(browser, "/account/forgot", "/account/forgot", ("email", "nobody@example.org"));
        await PostAsync(browser, "/account/forgot", "/account/forgot", ("email", Address));

        Assert.Equal(Address, (string)(await mail.NextAsync())["to"]![0]!);
        Assert.False(mail.HasMore);
    }

    private Dictionary<string, string> Settings(MailServer mail, string security, string? authority, string user = "brigade")
    {
        var password = Path.Combine(_certificates.Path, "password");
        File.WriteAllText(password, "a;secret\n");
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Brigade__Smtp__Host"] = "localhost", ["Brigade__Smtp__Port"] = mail.Port.ToString(CultureInfo.InvariantCulture), ["Brigade__Smtp__From"] = "brigade@example.org", ["Brigade__Smtp__Security"] = security,
            ["Brigade__Smtp__UserName"] = user, ["Brigade__EmbeddedRunner"] = "false",
        };
        if (user.Length > 0)
            settings["Brigade__Smtp__PasswordFile"] = password;
        if (authority is not null)
            settings["SSL_CERT_FILE"] = authority;
        return settings;
    }

    /// <summary>An authority, and a certificate for this machine that it has signed; as PEM files.</summary>
    private (string Authority, string Certificate, string Key) Certificates()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = RSA.Create(2048);
        var request = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        using var authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        using var key = RSA.Create(2048);
        var server = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        server.CertificateExtensions.Add(names.Build());
        using var certificate = server.Create(authority, now.AddDays(-1), now.AddDays(20), [1, 2, 3, 4]);
        return (Write("authority.pem", authority.ExportCertificatePem()), Write("server.pem", certificate.ExportCertificatePem()), Write("server.key", key.ExportPkcs8PrivateKeyPem()));
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_certificates.Path, name);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>A browser that came in by a link and gave an address.</summary>
    private static async Task<HttpClient> OwnerAsync(Server server)
    {
        using var made = await server.Client.PostAsync("/api/v1/links", null);
        var link = new Uri((string)JsonNode.Parse(await made.Content.ReadAsStringAsync())!["url"]!);
        var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(server.Address) };
        using var printed = await browser.GetAsync(link.AbsolutePath);
        Assert.Equal(HttpStatusCode.Found, printed.StatusCode);
        using var named = await PostAsync(browser, "/account", "/account/profile", ("name", "Chef"), ("email", Address));
        Assert.Equal(HttpStatusCode.Found, named.StatusCode);
        return browser;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string page, string to, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await browser.GetStringAsync(page)).Groups["token"].Value;
        return await browser.PostAsync(to, new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]));
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!holds())
            await timer.WaitForNextTickAsync(patience.Token);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex(@"http\S+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
