using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Web.Access;
using Brigade.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Support;

/// <summary>The whole server in this process, on a free port, with a data directory of its own and no embedded runner.</summary>
public sealed class BrigadeServer : IAsyncLifetime
{
    public const string Token = "a-token-for-the-tests";

    private readonly string _data = Directory.CreateTempSubdirectory("brigade-web-").FullName;
    private readonly ConcurrentBag<AsyncServiceScope> _scopes = [];
    private WebApplication? _app;

    /// <summary>More settings, as arguments of the command line.</summary>
    public IReadOnlyList<string> Settings { get; set; } = [];

    public IServiceProvider Services => _app!.Services;

    /// <summary>A service as Brigade itself uses it in a workspace; the default one where null. Good until the server ends.</summary>
    public T Get<T>(Guid? workspace = null)
        where T : notnull
    {
        var scope = Services.GetRequiredService<IServiceScopeFactory>().CreateSystemScope(workspace ?? Workspace.DefaultId);
        _scopes.Add(scope);
        return scope.ServiceProvider.GetRequiredService<T>();
    }

    public string Address => Launch.Address(Services);

    internal string RunnerToken => Services.GetRequiredService<AccessTokens>().EmbeddedRunnerToken;

    public async ValueTask InitializeAsync()
    {
        _app = Program.Create([
            "--urls=http://127.0.0.1:0", $"--BRIGADE_DATA={_data}", $"--BRIGADE_TOKEN={Token}", "--ConnectionStrings:Brigade=",
            "--Brigade:EmbeddedRunner=false", "--Brigade:Cluster:Tick=00:00:00.1", "--Brigade:Cluster:CommitAfter=00:00:00.2", .. Settings], builder => CallerHandler.Use(builder.Services));
        await Launch.StartAsync(_app);
    }

    /// <summary>Ends it and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A client that follows no redirects.</summary>
    /// <param name="token">Sent as bearer; none where null.</param>
    public HttpClient Client(string? token = Token)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(Address) };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    internal static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private async Task StopAsync()
    {
        if (_app is null)
            return;
        while (_scopes.TryTake(out var scope))
            await scope.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }
}
