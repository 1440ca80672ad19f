using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Brigade.Integration.Tests.Support;
using Brigade.Tests.Shared;
using Npgsql;
using Xunit;

namespace Brigade.Integration.Tests;

/// <summary>Two servers on one database, as nodes of one cluster.</summary>
public sealed class ClusterTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly TemporaryDirectory _data = new();
    private readonly int[] _ports = Ports.Free(2);

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Run_OwnedByAnotherNode_IsSeenLiveAndEndsAlsoWhenThatNodeIsKilled()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var first = await NodeAsync(0, database);

        // Whoever watches a run makes its owner, and there is only one node yet.
        var run = await first.SubmitAsync(Specs.Seconds(20));
        using var watched = await WatchAsync(first, run);
        await using var second = await NodeAsync(1, database);
        await using var runner = Agent.Start(second.Address, "second", Path.Combine(_data.Path, "runner"));

        await second.UntilAsync(run, "running");
        Assert.Equal(Silo(0), await OwnerAsync(database, run));
        Assert.Single((await first.GetAsync("/api/v1/runners"))["items"]!.AsArray());
        using (var live = await WatchAsync(second, run))
            await UntilFrameAsync(live);
        Assert.Equal("running", (string?)(await second.GetAsync($"/api/v1/runs/{run}"))["status"]);

        Server.KillHard(first.ProcessId);
        await first.ExitAsync();

        var ended = await second.UntilAsync(run, answer => (string?)answer["status"] is "completed" or "failed" or "lost" or "cancelled");
        Assert.Equal("completed", (string?)ended["status"]);
        Assert.Equal(Silo(1), await OwnerAsync(database, run) ?? Silo(1));
        var frames = (await second.GetAsync($"/api/v1/runs/{run}/frames")).AsArray().Select(frame => (int)frame!["number"]!).ToList();
        Assert.Equal(Enumerable.Range(0, frames.Count), frames);
        Assert.True(frames.Count > 100, $"only {frames.Count} frames are stored");

        // The dispatcher has moved too: the next run is given out.
        await second.UntilAsync(await second.SubmitAsync(Specs.Seconds(1)), "completed");
    }

    [Fact]
    public async Task Cookie_OfOneNode_IsGoodOnTheOther()
    {
        var database = await postgres.CreateDatabaseAsync();
        var nodes = await Task.WhenAll(NodeAsync(0, database), NodeAsync(1, database));
        await using var first = nodes[0];
        await using var second = nodes[1];
        using var made = await first.Client.PostAsync("/api/v1/links", null);
        var link = new Uri((string)System.Text.Json.Nodes.JsonNode.Parse(await made.Content.ReadAsStringAsync())!["url"]!);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

        // The link of one node opens the other, once.
        using var opened = await browser.GetAsync(second.Address + link.AbsolutePath);
        Assert.Equal(HttpStatusCode.Found, opened.StatusCode);
        using var again = new HttpClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await again.GetAsync(first.Address + link.AbsolutePath)).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"{first.Address}/api/v1/runs")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"{second.Address}/api/v1/runs")).StatusCode);
    }

    [Fact]
    public async Task Port_OfTheNodes_AnswersNobodyButNodes()
    {
        await using var node = await NodeAsync(0, await postgres.CreateDatabaseAsync());
        using var stranger = new TcpClient();
        await stranger.ConnectAsync(IPAddress.Loopback, _ports[0]);
        var stream = stranger.GetStream();
        var challenge = new byte[32];
        await stream.ReadExactlyAsync(challenge).AsTask().WaitAsync(Patience);

        await stream.WriteAsync(new byte[] { 32, 0, 0, 0 });
        await stream.WriteAsync(challenge);

        await AssertClosedAsync(stream);
    }

    [Fact]
    public async Task Start_ServerThatIsNoNode_IsRefusedByACluster()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var node = await NodeAsync(0, database);
        using var other = new TemporaryDirectory();

        var (exitCode, errors) = await Server.RefusedAsync(other.Path, postgres: database);

        Assert.Equal(1, exitCode);
        Assert.Contains("no node of the same cluster", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NodeWithoutPostgres_IsRefused()
    {
        var (exitCode, errors) = await Server.RefusedAsync(_data.Path, environment: Address(0));

        Assert.Equal(1, exitCode);
        Assert.Contains("Brigade__Cluster__Address is set, but several nodes need a PostgreSQL database", errors, StringComparison.Ordinal);
    }

    private Task<Server> NodeAsync(int index, string database) =>
        Server.StartAsync(Directory.CreateDirectory(Path.Combine(_data.Path, $"node-{index}")).FullName, database, Address(index));

    private Dictionary<string, string> Address(int index) => new(StringComparer.Ordinal) { ["Brigade__Cluster__Address"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_ports[index]}") };

    private string Silo(int index) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_ports[index]}");

    private static async Task<StreamReader> WatchAsync(Server server, Guid run)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{run}/events");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));
        Assert.NotNull(await reader.ReadLineAsync(patience.Token));
        return reader;
    }

    private static async Task UntilFrameAsync(StreamReader events)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await events.ReadLineAsync(patience.Token) is { } line)
        {
            if (line == "event: frame")
                return;
        }

        Assert.Fail("The stream ended without a frame.");
    }

    /// <summary>Address and port of the node that owns a run; null where nobody does.</summary>
    private static async Task<string?> OwnerAsync(string database, Guid run)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""SELECT "Silo" FROM "GrainRegistrations" WHERE "Grain" LIKE '%' || @run""", connection);
        command.Parameters.AddWithValue("run", run.ToString("N"));
        return (await command.ExecuteScalarAsync() as string)?.Split('@')[0];
    }

    private static async Task AssertClosedAsync(NetworkStream stream)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            Assert.Equal(0, await stream.ReadAsync(new byte[100], patience.Token));
        }
        catch (IOException)
        {
            // Cut off is closed too.
        }
    }
}
