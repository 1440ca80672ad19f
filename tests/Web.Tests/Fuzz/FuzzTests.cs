using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Brigade.Contracts.Messages;
using Brigade.Data.Entities;
using Brigade.Web.Tests.Access;
using Brigade.Web.Tests.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Fuzz;

/// <summary>
/// Every endpoint and hub method with inputs that nobody means, as an owner and as nobody: no answer is a fault of the server, none tells of its inside, and what it holds does not grow.
/// <c>BRIGADE_FUZZ=10000</c> sends so many to each, instead of a few.
/// </summary>
public sealed partial class FuzzTests(BrigadeServer server) : IClassFixture<BrigadeServer>
{
    private const int FewInputs = 25;
    private const int Batch = 100;
    private const int AtOnce = 4;
    private const int MostRead = 1 << 16;
    private const long MostGrowth = 256L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly string[] ContentTypes = ["application/json", "application/json", "application/json", "application/yaml", "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/octet-stream", ";;;"];
    private static readonly string[] Headers = ["If-Match", "If-None-Match", "Idempotency-Key", "Accept", "Last-Event-ID", "Accept-Language", "Content-Encoding", "Range", "X-Forwarded-For", "Prefer"];
    private static readonly int Inputs = int.TryParse(Environment.GetEnvironmentVariable("BRIGADE_FUZZ"), CultureInfo.InvariantCulture, out var asked) ? asked : FewInputs;

    private readonly List<string> _wrong = [];

    [Fact]
    public async Task Endpoints_InputsThatNobodyMeans_AreNoFaultsOfTheServer()
    {
        var parameters = await ParametersAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        foreach (var (route, permission) in Permissions.Routes.Where(pair => !pair.Key.Contains("/_", StringComparison.Ordinal)))
        {
            for (var first = 0; first < Inputs; first += Batch)
            {
                var things = await Things.CreateAsync(server);
                await Parallel.ForEachAsync(
                    Enumerable.Range(first, Math.Min(Batch, Inputs - first)), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                    async (input, cancellation) => await SendAsync(route, permission, things, parameters.GetValueOrDefault(route) ?? [], input, cancellation));
            }
        }

        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong.Take(40)));
        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(growth < MostGrowth, $"after it, {growth >> 20} MiB more are held");
    }

    [Fact]
    public async Task HubMethods_InputsThatNobodyMeans_AreNoFaultsOfTheServer()
    {
        var things = await Things.CreateAsync(server);
        foreach (var method in Permissions.HubMethods.Keys.Where(method => method.StartsWith("RunnerHub.", StringComparison.Ordinal)).Select(method => method.Split('.')[1]))
        {
            await using var connection = Connection();
            for (var input = 0; input < Inputs; input++)
            {
                if (connection.State == HubConnectionState.Disconnected)
                    await connection.StartAsync();
                await CallAsync(connection, method, things, new Nasty(method, input), input);
            }
        }

        Assert.True(_wrong.Count == 0, string.Join('\n', _wrong.Take(40)));
        await using var runner = await FakeRunner.ConnectAsync(server);
        await runner.RegisterAsync("afterwards");
    }

    private async Task SendAsync(string route, Permission permission, Things things, IReadOnlyList<string> names, int input, CancellationToken cancellation)
    {
        var nasty = new Nasty(route, input);
        using var client = server.Client(permission.Least is null || nasty.Chance(0.1) ? null : CallerHandler.Member(WorkspaceRole.Owner, Workspace.DefaultId));
        using var request = Request(route, permission, things, names, nasty);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience + TimeSpan.FromSeconds(58));
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var text = response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await ReadAsync(response, patience.Token);
            if ((int)response.StatusCode >= 500)
                Complain($"{request.Method} {Shown(request)} (input {input}) answers {(int)response.StatusCode}: {text[..Math.Min(text.Length, 300)]}");
            else if (!route.EndsWith("/metrics", StringComparison.Ordinal) && Inside().IsMatch(text)) // whose labels are names of types
                Complain($"{request.Method} {Shown(request)} (input {input}) tells of the inside: {text[..Math.Min(text.Length, 300)]}");
        }
        catch (HttpRequestException refused) when (refused.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.Unknown or HttpRequestError.InvalidResponse)
        {
            // The server need not read a request to its end, such as one whose address is no address.
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Complain($"{request.Method} {Shown(request)} (input {input}) has no answer within a minute");
        }
    }

    private HttpRequestMessage Request(string route, Permission permission, Things things, IReadOnlyList<string> names, Nasty nasty)
    {
        var (method, pattern) = (new HttpMethod(route.Split(' ')[0]), route.Split(' ')[1]);
        var path = nasty.Chance(0.7) ? things.Fill(pattern) : Parameters().Replace(pattern, _ => Uri.EscapeDataString(Valid(nasty.Text())));
        var query = new List<string>();
        if (permission.Query is { } good && nasty.Chance(0.5))
            query.Add(things.Fill(good));
        for (var count = nasty.Next(4); count > 0; count--)
        {
            // A look that waits would only wait.
            var name = names.Count > 0 && nasty.Chance(0.8) ? nasty.OneOf(names) : Uri.EscapeDataString(nasty.Text());
            if (name is not "wait")
                query.Add($"{name}={Uri.EscapeDataString(Valid(nasty.Text()))}");
        }

        var request = new HttpRequestMessage(method, new Uri(server.Address + path + (query.Count > 0 ? "?" + string.Join('&', query) : ""), UriKind.Absolute));
        for (var count = nasty.Next(3); count > 0; count--)
            request.Headers.TryAddWithoutValidation(nasty.OneOf(Headers), nasty.Header());
        if (method != HttpMethod.Get)
        {
            request.Content = new ByteArrayContent(nasty.Body(permission.Body is { } body ? things.Fill(body) : null));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", nasty.OneOf(ContentTypes));
        }

        return request;
    }

    private async Task CallAsync(HubConnection connection, string method, Things things, Nasty nasty, int input)
    {
        JsonNode? Argument() => method switch
        {
            nameof(IRunnerServer.Register) => JsonNode.Parse(Encoding.UTF8.GetString(Json(nasty, """{ "runnerId": "fuzz", "name": "fuzz", "version": "1", "machine": "{}", "activeRuns": ["RUN"] }""".Replace("RUN", things.OpenRun.ToString(), StringComparison.Ordinal)))),
            nameof(IRunnerServer.Deliver) => JsonNode.Parse(Encoding.UTF8.GetString(Json(nasty, $$"""{ "runId": "{{things.OpenRun}}", "firstSequence": 0, "events": ["{\"$type\":\"frame\"}", "x"] }"""))),
            _ => nasty.Chance(0.5) ? JsonValue.Create(things.OpenRun) : nasty.Node(),
        };
        try
        {
            var arguments = nasty.Chance(0.1) ? [] : new object?[] { Argument() };
            await connection.InvokeCoreAsync(method, typeof(object), arguments).WaitAsync(TimeSpan.FromMinutes(1));
        }
        catch (HubException refused)
        {
            if (Inside().IsMatch(refused.Message))
                Complain($"{method} (input {input}) tells of the inside: {refused.Message}");
        }
        catch (Exception cut) when (cut is OperationCanceledException or InvalidOperationException or IOException)
        {
            // A message that is no message ends the connection; the next call makes another.
        }
    }

    private static byte[] Json(Nasty nasty, string good)
    {
        while (true)
        {
            var body = nasty.Body(good);
            try
            {
                JsonNode.Parse(Encoding.UTF8.GetString(body));
                return body;
            }
            catch (System.Text.Json.JsonException)
            {
                // A hub's message is JSON all the same.
            }
        }
    }

    private HubConnection Connection() => new HubConnectionBuilder()
        .WithUrl(server.Address + IRunnerServer.Path, options => options.AccessTokenProvider = () => Task.FromResult<string?>(server.RunnerToken))
        .AddJsonProtocol()
        .Build();

    /// <summary>Names of query parameters, by method and route, as the documentation has them.</summary>
    private async Task<Dictionary<string, IReadOnlyList<string>>> ParametersAsync()
    {
        using var client = server.Client();
        var document = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!;
        var found = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject().Where(pair => pair.Value is JsonObject))
            {
                var names = operation!["parameters"]?.AsArray().Where(parameter => (string?)parameter!["in"] == "query").Select(parameter => (string)parameter!["name"]!).ToArray() ?? [];
                var route = Permissions.Routes.Keys.FirstOrDefault(known => string.Equals(Constraints().Replace(known, "}"), $"{method.ToUpperInvariant()} {path}", StringComparison.Ordinal));
                if (route is not null)
                    found[route] = names;
            }
        }

        Assert.True(found.Count > 30, $"only {found.Count} documented routes were found");
        return found;
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[MostRead];
        return Encoding.UTF8.GetString(buffer, 0, await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation));
    }

    private void Complain(string what)
    {
        lock (_wrong)
            _wrong.Add(what);
    }

    private static string Shown(HttpRequestMessage request) => request.RequestUri!.PathAndQuery is { Length: > 300 } address ? address[..300] : request.RequestUri.PathAndQuery;

    // Half a surrogate pair has no form in an address.
    private static string Valid(string text) => text[..Math.Min(text.Length, 4_000)].Replace("\ud83d", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1_000)]
    private static partial Regex Parameters();

    [GeneratedRegex(@":[^}]*\}", RegexOptions.None, 1_000)]
    private static partial Regex Constraints();

    [GeneratedRegex(@"\.cs:line|   at (?:Brigade|System|Microsoft)\.|System\.[A-Za-z.]+Exception|SqliteException|Npgsql", RegexOptions.None, 1_000)]
    private static partial Regex Inside();
}
