using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Webhooks;

/// <summary>A server that tries again soon, with a receiver and a runner.</summary>
public sealed class WebhookServer : IAsyncLifetime
{
    private HttpClient? _client;
    private Receiver? _receiver;
    private FakeRunner? _runner;

    public BrigadeServer Server { get; } = new() { Settings = ["--Brigade:Webhooks:FirstRetry=00:00:00.05", "--Brigade:Webhooks:Attempts=3"] };

    public HttpClient Client => _client!;

    internal Receiver Receiver => _receiver!;

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        _client = Server.Client();
        _receiver = await Receiver.StartAsync();
        _runner = await FakeRunner.ConnectAsync(Server);
        await _runner.RegisterAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _runner!.DisposeAsync();
        await _receiver!.DisposeAsync();
        _client!.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>Runs something from its beginning to its end.</summary>
    public async Task<string> RunAsync(string name, string more = "")
    {
        using var submitted = await Client.PostAsync("/api/v1/runs", BrigadeServer.Json($$"""{ "spec": { "name": "{{name}}", "workload": { "kernel": "noop" }{{more}} } }"""));
        Assert.Equal(HttpStatusCode.Accepted, submitted.StatusCode);
        var assigned = await _runner!.AssignedAsync();
        await _runner.DeliverAsync(assigned.RunId, 0, Given.WholeRun());
        return assigned.RunId.ToString();
    }

    /// <summary>A webhook of the receiver, and its secret.</summary>
    public async Task<(string Id, string? Secret)> SubscribeAsync(string path, string format, params string[] events)
    {
        using var made = await Client.PostAsJsonAsync("/api/v1/webhooks", new { name = path, format, target = Receiver.Address + path, events });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var answer = JsonNode.Parse(await made.Content.ReadAsStringAsync())!;
        return ((string)answer["details"]!["id"]!, (string?)answer["secret"]);
    }

    public Task<HttpResponseMessage> UnsubscribeAsync(string id) => Client.DeleteAsync($"/api/v1/webhooks/{id}");

    /// <summary>The newest delivery, once it is as wanted.</summary>
    public async Task<JsonNode> DeliveryAsync(string id, Func<JsonNode, bool> isWanted)
    {
        var end = TimeProvider.System.GetUtcNow().AddSeconds(60);
        while (TimeProvider.System.GetUtcNow() < end)
        {
            var list = JsonNode.Parse(await Client.GetStringAsync($"/api/v1/webhooks/{id}/deliveries"))!["items"]!.AsArray();
            if (list.Count > 0 && isWanted(list[0]!))
                return list[0]!;
            await Task.Delay(50);
        }

        throw new TimeoutException(await Client.GetStringAsync($"/api/v1/webhooks/{id}/deliveries"));
    }
}
