using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Access.Keys;
using Brigade.Web.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Access;

/// <summary>Every endpoint, hub method and page with every kind of caller, against <see cref="Permissions"/>. What is tried comes from the running server, not from a list.</summary>
public sealed partial class AuthorisationMatrixTests(BrigadeServer server) : IClassFixture<BrigadeServer>
{
    private readonly List<string> _wrong = [];

    [Fact]
    public async Task Endpoints_EveryCaller_GetWhatTheTableSays()
    {
        var other = await OtherWorkspace.CreateAsync(server);
        var keys = await KeysAsync();
        var routes = Routes().ToList();
        Assert.True(routes.Count > 40, $"only {routes.Count} routes were found");
        _wrong.AddRange(routes.Where(route => !Permissions.Routes.ContainsKey(route)).Select(route => $"{route} is not in the table: say there who may call it."));
        _wrong.AddRange(Permissions.Routes.Keys.Except(routes, StringComparer.Ordinal).Select(route => $"{route} is in the table and not in the server."));

        foreach (var route in routes.Where(Permissions.Routes.ContainsKey))
            await TryAsync(route, Permissions.Routes[route], other, keys);

        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong));
    }

    [Fact]
    public async Task Files_Nobody_GetsNone()
    {
        var files = Endpoints().Where(IsFile).Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(files);

        foreach (var file in files)
        {
            var path = Parameters().Replace(file, "x");
            var isOpen = Permissions.OpenFiles.Any(open => path.StartsWith($"/{open}.", StringComparison.Ordinal));
            await ExpectAsync("nobody", HttpMethod.Get, path, null, null, status => isOpen || status == HttpStatusCode.Unauthorized);
        }

        await ExpectAsync("runner", HttpMethod.Get, "/_content/MudBlazor/MudBlazor.min.css", CallerHandler.Runner(Workspace.DefaultId), null, status => status == HttpStatusCode.Forbidden);
        await ExpectAsync("viewer", HttpMethod.Get, "/_content/MudBlazor/MudBlazor.min.css", CallerHandler.Member(WorkspaceRole.Viewer, Workspace.DefaultId), null, status => status == HttpStatusCode.OK);
        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong));
    }

    [Fact]
    public void Pages_All_NameTheirPolicy()
    {
        var pages = typeof(Program).Assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any()).ToList();
        Assert.True(pages.Count > 8, $"only {pages.Count} pages were found");

        foreach (var page in pages)
        {
            var policy = page.GetCustomAttribute<AuthorizeAttribute>()?.Policy;
            foreach (var route in page.GetCustomAttributes<RouteAttribute>())
            {
                var isListed = Permissions.Routes.TryGetValue($"GET {route.Template}", out var permission);
                Assert.True(isListed, $"{page.Name} ({route.Template}) is not in the table.");
                var expected = permission!.Least is { } least ? AccessPolicies.Name(least) : null;
                Assert.True(string.Equals(expected, policy, StringComparison.Ordinal), $"{page.Name} asks for the policy '{policy}', and the table says '{expected}'.");
            }
        }
    }

    [Fact]
    public void HubMethods_All_NameTheirPolicy()
    {
        var methods =
            from hub in typeof(Program).Assembly.GetTypes()
            where typeof(Hub).IsAssignableFrom(hub) && !hub.IsAbstract
            from method in hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where method.GetBaseDefinition().DeclaringType == hub && !method.IsSpecialName
            select (Name: $"{hub.Name}.{method.Name}", method.GetCustomAttribute<AuthorizeAttribute>()?.Policy);

        var found = methods.ToList();

        Assert.Equal(Permissions.HubMethods.Keys.Order(StringComparer.Ordinal), found.Select(method => method.Name).Order(StringComparer.Ordinal));
        Assert.All(found, method => Assert.Equal(Permissions.HubMethods[method.Name], method.Policy));
    }

    [Fact]
    public async Task RunnersHub_EveryCaller_OnlyRunnersAndOwnersConnect()
    {
        const string Path = "/hubs/runner/negotiate?negotiateVersion=1";
        await ExpectAsync("nobody", HttpMethod.Post, Path, null, null, status => status == HttpStatusCode.Unauthorized);
        foreach (var role in Enum.GetValues<WorkspaceRole>())
        {
            var expected = role == WorkspaceRole.Owner ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
            await ExpectAsync(role.ToString(), HttpMethod.Post, Path, CallerHandler.Member(role, Workspace.DefaultId), null, status => status == expected);
        }

        foreach (var (scope, key) in await KeysAsync())
        {
            var expected = scope == ApiKeyScope.Runner ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
            await ExpectAsync($"a key to {scope}", HttpMethod.Post, Path, key, null, status => status == expected);
        }

        await ExpectAsync("runner", HttpMethod.Post, Path, CallerHandler.Runner(Workspace.DefaultId), null, status => status == HttpStatusCode.OK);
        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong));
    }

    [Fact]
    public async Task RunnersHub_RunnerOfAnotherWorkspace_CannotTouchARun()
    {
        var other = await OtherWorkspace.CreateAsync(server);
        var things = await Things.CreateAsync(server);
        await using var runner = await FakeRunner.ConnectAsync(server, CallerHandler.Runner(other.Id));
        await runner.RegisterAsync("thief", things.OpenRun);

        Assert.Equal(long.MaxValue, await runner.CommittedAsync(things.OpenRun));
        Assert.Equal(long.MaxValue, await runner.DeliverAsync(things.OpenRun, 0, Given.WholeRun()));

        Assert.Equal(Contracts.Runs.RunStatus.Queued, (await server.Get<Data.Queries.RunStore>().FindAsync(things.OpenRun))!.Row.Status);
        Assert.DoesNotContain(await server.Get<Web.Cluster.IControlPlane>().RunnersAsync(), seen => seen.Id.Contains("thief", StringComparison.Ordinal));
        Assert.Contains(await server.Get<Web.Cluster.IControlPlane>(other.Id).RunnersAsync(), seen => seen.Id.Contains("thief", StringComparison.Ordinal));
        Assert.Null(await server.Get<Web.Live.ILiveRuns>(other.Id).WatchAsync(things.OpenRun));
        await using var own = await server.Get<Web.Live.ILiveRuns>().WatchAsync(things.OpenRun);
        Assert.NotNull(own);
    }

    private async Task TryAsync(string route, Permission permission, OtherWorkspace other, IReadOnlyDictionary<ApiKeyScope, string> keys)
    {
        var things = await Things.CreateAsync(server);
        var (verb, pattern) = (new HttpMethod(route.Split(' ')[0]), route.Split(' ')[1]);
        var path = things.Fill(pattern) + (permission.Query is { } query ? "?" + things.Fill(query) : "");
        var body = permission.Body is { } text ? things.Fill(text) : null;

        await ExpectAsync("nobody", verb, path, null, body, status => permission.Least is null || status == HttpStatusCode.Unauthorized);

        // The token of a share link opens what is in its address, and nothing else however it is sent.
        await ExpectAsync("a share link", verb, path, permission.IsOfShare ? null : things.ShareToken, body,
            status => permission.IsOfShare ? status == HttpStatusCode.OK : permission.Least is null || status == HttpStatusCode.Unauthorized, permission.IsOfShare ? null : things.Secret);
        if (permission.Least is not { } least)
            return;
        if (permission.IsOfPerson)
        {
            await ExpectAsync("an owner's token", verb, path, CallerHandler.Member(WorkspaceRole.Owner, Workspace.DefaultId), body, status => status == HttpStatusCode.Unauthorized);
            return;
        }

        // First of all, as long as everything is there: nothing of this workspace may be seen or changed by the owner of another one.
        await ExpectAsync("the owner of another workspace", verb, path, CallerHandler.Member(WorkspaceRole.Owner, other.Id), body,
            status => permission.IsOfWorkspace ? status == HttpStatusCode.NotFound : IsServed(status), things.Secret);
        await ExpectAsync("a runner", verb, path, CallerHandler.Runner(Workspace.DefaultId), body, status => status == HttpStatusCode.Forbidden);
        foreach (var (scope, key) in keys)
        {
            var may = scope != ApiKeyScope.Runner && ApiKeyRing.RoleOf(scope) >= least;
            await ExpectAsync($"a key to {scope}", verb, path, key, body, status => may ? IsServed(status) : status == HttpStatusCode.Forbidden);
        }

        foreach (var role in Enum.GetValues<WorkspaceRole>())
        {
            await ExpectAsync(AccessPolicies.Name(role), verb, path, CallerHandler.Member(role, Workspace.DefaultId), body,
                status => role < least ? status == HttpStatusCode.Forbidden : IsServed(status));
        }
    }

    /// <summary>A real key of each scope.</summary>
    private async Task<Dictionary<ApiKeyScope, string>> KeysAsync()
    {
        var keys = new Dictionary<ApiKeyScope, string>();
        foreach (var scope in Enum.GetValues<ApiKeyScope>())
        {
            keys[scope] = ApiKeyText.New();
            await server.Get<ApiKeyStore>().CreateAsync($"to {scope}", scope, ApiKeyText.Prefix(keys[scope]), ApiKeyText.Hash(keys[scope]), expiresAt: null);
        }

        return keys;
    }

    // What comes of it is for other tests; here it counts that it was not refused, and that nothing broke.
    private static bool IsServed(HttpStatusCode status) => status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && (int)status < 500;

    private async Task ExpectAsync(string caller, HttpMethod method, string path, string? token, string? body, Func<HttpStatusCode, bool> isRight, string? secret = null)
    {
        using var client = server.Client(token);
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (!isRight(response.StatusCode))
            _wrong.Add($"{method} {path} as {caller} answers {(int)response.StatusCode}.");
        if (secret is not null && (await response.Content.ReadAsStringAsync()).Contains(secret, StringComparison.Ordinal))
            _wrong.Add($"{method} {path} as {caller} tells of what is not theirs.");
    }

    private IEnumerable<RouteEndpoint> Endpoints() => server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private IEnumerable<string> Routes() => Endpoints()
        .Where(endpoint => !IsFile(endpoint) && !IsRunnersHub(endpoint))
        .SelectMany(Names)
        .Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Names(RouteEndpoint endpoint)
    {
        var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

        // A page also takes posts, by which forms come; what may post is what may look.
        if (endpoint.Metadata.OfType<ComponentTypeMetadata>().Any() || methods.Count == 0)
            return [$"GET {path}"];
        return methods.Where(method => method is not ("HEAD" or "OPTIONS")).Select(method => $"{method} {path}");
    }

    private static bool IsFile(RouteEndpoint endpoint) =>
        endpoint.Metadata.Any(data => data.GetType().FullName!.Contains("StaticAsset", StringComparison.Ordinal))
        || Permissions.Files.Any(prefix => ("/" + endpoint.RoutePattern.RawText!.TrimStart('/')).StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsRunnersHub(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("hubs/runner", StringComparison.Ordinal);

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1_000)]
    private static partial Regex Parameters();
}
