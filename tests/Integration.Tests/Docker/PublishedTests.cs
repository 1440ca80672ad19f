using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Brigade.Integration.Tests.Support;
using Npgsql;
using Xunit;

namespace Brigade.Integration.Tests.Docker;

/// <summary>compose.yaml without an engine: the same published programs, as the same user, with the same environment but for addresses, behind the real proxy with the real Caddyfile.</summary>
public sealed class PublishedTests(PublishedFixture published) : IClassFixture<PublishedFixture>, IDisposable
{
    private const string Token = "a-token-for-the-tests";

    private readonly string _temp = Directory.CreateTempSubdirectory("brigade-compose-").FullName;
    private readonly ComposeFile _compose = ComposeFile.Load();
    private readonly Dockerfile _images = Dockerfile.Parse(Repository.Read("docker/Dockerfile"));

    // Of the two nodes: pages, then each other; of the proxy: people, runners, redirects.
    private readonly int[] _ports = Ports.Free(7);

    private string Site => Text($"localhost:{_ports[4]}");

    public void Dispose() => Directory.Delete(_temp, recursive: true);

    [Fact]
    public async Task Compose_TwoNodesBehindTheProxyAndARunner_ServePeopleAndMeasure()
    {
        WriteSecrets(await published.CreateDatabaseAsync());
        await using var first = Node("web-1", 0);
        await first.SaysAsync("Brigade is ready.");
        await using var second = Node("web-2", 1);
        await second.SaysAsync("Brigade is ready.");
        Assert.Contains($"Open https://{Site}/open/", first.Said, StringComparison.Ordinal);
        await AssertHealthyAsync("web-health.sh", Text($"{_ports[0]}"));

        await using var proxy = Proxy();
        using var people = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } })
        { BaseAddress = new Uri($"https://{Site}"), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) } };
        await UntilAsync(async () => (await people.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK, proxy);
        await using var runner = Runner("runner-1");

        // Each browser stays on one node, by HTTPS as the server sees it.
        using var page = await people.GetAsync("/account/sign-in");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("max-age=31536000", page.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
        using var again = await people.GetAsync("/api/v1/runs");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.False(again.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("brigade-node=", StringComparison.Ordinal)));

        await UntilAsync(async () => JsonNode.Parse(await people.GetStringAsync("/api/v1/runners"))!["items"]!.AsArray().Count == 1, runner);
        await AssertHealthyAsync("runner-health.sh");
        using var submitted = await people.PostAsync("/api/v1/runs", new StringContent($$"""{ "spec": {{Specs.Tiny}} }""", Encoding.UTF8, "application/json"));
        var run = (string)JsonNode.Parse(await submitted.Content.ReadAsStringAsync())!["id"]!;
        await UntilAsync(async () => (string?)JsonNode.Parse(await people.GetStringAsync($"/api/v1/runs/{run}"))!["status"] == "completed", first);

        // One node goes, people stay.
        await first.DisposeAsync();
        await UntilAsync(async () => (await people.GetAsync($"/api/v1/runs/{run}")).StatusCode == HttpStatusCode.OK, proxy);
    }

    [Fact]
    public async Task Health_OfAServerThatIsNotThere_IsBad()
    {
        await using var health = Script("web-health.sh", Text($"{_ports[6]}"));

        Assert.NotEqual(0, await health.ExitAsync());
    }

    private Container Node(string service, int index)
    {
        var stage = _images.Stage("web");
        var environment = stage.Environment.Concat(_compose.Environment(service)).ToDictionary(StringComparer.Ordinal);
        environment["BRIGADE_DATA"] = Writable(service);
        environment["Brigade__Urls"] = environment["Brigade__Urls"].Replace("8080", Text($"{_ports[index]}"), StringComparison.Ordinal);
        environment["Brigade__Cluster__Address"] = Text($"127.0.0.1:{_ports[2 + index]}");
        environment["Brigade__PublicUrl"] = $"https://{Site}";
        environment["ConnectionStrings__Brigade"] = environment["ConnectionStrings__Brigade"].Replace("Host=database;Database=brigade", File.ReadAllText(Path.Combine(_temp, "where")), StringComparison.Ordinal);
        return Container.Start(stage.Last("USER"), Here(environment), published.Web, "dotnet", "Brigade.Web.dll");
    }

    private Container Runner(string service)
    {
        var stage = _images.Stage("runner");
        var environment = stage.Environment.Concat(_compose.Environment(service)).ToDictionary(StringComparer.Ordinal);
        environment["BRIGADE_RUNNER_DATA"] = Writable(service);
        environment["BRIGADE_RUNNER_PROGRAM"] = Path.Combine(published.Web, "runner", "Brigade.Runner.dll");
        environment["BRIGADE_SERVER"] = Text($"http://127.0.0.1:{_ports[5]}");
        return Container.Start(stage.Last("USER"), Here(environment), published.Web, "bash", Copy("runner-start.sh"));
    }

    private Container Proxy()
    {
        var data = Directory.CreateDirectory(Path.Combine(_temp, "caddy")).FullName;
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["BRIGADE_SITE"] = $"https://{Site}", ["BRIGADE_HOST"] = Site, ["BRIGADE_NODES"] = Text($"127.0.0.1:{_ports[0]} 127.0.0.1:{_ports[1]}"), ["BRIGADE_RUNNER_PORT"] = Text($"{_ports[5]}"),
            ["BRIGADE_HTTP_PORT"] = Text($"{_ports[6]}"), ["XDG_DATA_HOME"] = data, ["XDG_CONFIG_HOME"] = data,
        };
        return Container.Start(user: null, environment, _temp, "caddy", "run", "--config", Path.Combine(Repository.Root, "docker", "Caddyfile"), "--adapter", "caddyfile");
    }

    private async Task AssertHealthyAsync(string script, params string[] arguments)
    {
        await using var health = Script(script, arguments);
        var code = await health.ExitAsync();
        Assert.True(code == 0, $"{script}: {code} {health.Said}");
    }

    private Container Script(string script, params string[] arguments) => Container.Start("1654:1654", new Dictionary<string, string>(StringComparer.Ordinal), "/", ["bash", Copy(script), .. arguments]);

    /// <summary>The repository itself may be closed to the container's user.</summary>
    private string Copy(string script)
    {
        Open(_temp);
        var copy = Path.Combine(_temp, script);
        File.Copy(Path.Combine(Repository.Root, "docker", script), copy, overwrite: true);
        Open(copy);
        return copy;
    }

    private string Writable(string service)
    {
        Open(_temp);
        var directory = Directory.CreateDirectory(Path.Combine(_temp, service)).FullName;
        if (Environment.IsPrivilegedProcess)
            File.SetUnixFileMode(directory, (UnixFileMode)0b111_111_111);
        return directory;
    }

    private void WriteSecrets(string database)
    {
        var connection = new NpgsqlConnectionStringBuilder(database);
        File.WriteAllText(Path.Combine(_temp, "where"), $"Host={connection.Host};Database={connection.Database}");
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(99));
        foreach (var (name, content) in new[]
        {
            ("database_password", connection.Password!), ("server_token", Token), ("runner_1_key", Token), ("keys.pem", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem()),
        })
        {
            var file = Path.Combine(_temp, name);
            File.WriteAllText(file, content + "\n");
            Open(file);
        }

        Open(_temp);
    }

    private Dictionary<string, string> Here(Dictionary<string, string> environment) =>
        environment.ToDictionary(pair => pair.Key, pair => pair.Value.Replace("/run/secrets", _temp, StringComparison.Ordinal), StringComparer.Ordinal);

    private static void Open(string path) => File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.GroupRead | UnixFileMode.OtherRead | (Directory.Exists(path) ? UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : 0));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static async Task UntilAsync(Func<Task<bool>> holds, Container blamed)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            try
            {
                if (await holds())
                    return;
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (HttpRequestException) when (!patience.IsCancellationRequested)
            {
                // Not up yet.
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException(blamed.Said);
            }
        }
    }
}
