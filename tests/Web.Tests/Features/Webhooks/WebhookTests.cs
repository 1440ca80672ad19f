using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Brigade.Web.Features.Webhooks.Sending;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Webhooks;

/// <summary>What happens, from where it happens to where it is read: store, outbox, deliverer and receiver together.</summary>
public sealed class WebhookTests(WebhookServer server) : IClassFixture<WebhookServer>
{
    [Fact]
    public async Task RunFinished_IsPostedSignedAndListed()
    {
        var (id, secret) = await server.SubscribeAsync("/finished", "standard", "run.finished");
        var run = await server.RunAsync("parser");

        var got = await server.Receiver.NextAsync();

        var body = JsonNode.Parse(got.Body)!;
        Assert.Equal(("/finished", "run.finished", run, "completed"), (got.Path, (string?)body["type"], (string?)body["data"]!["runId"], (string?)body["data"]!["status"]));
        Assert.Equal($"{server.Server.Address}/runs/{run}", (string?)body["data"]!["url"]);
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(got.Headers["webhook-timestamp"], CultureInfo.InvariantCulture));
        Assert.Equal(WebhookSignature.Of(secret!, got.Headers["webhook-id"], at, got.Body), got.Headers["webhook-signature"]);
        var delivery = await server.DeliveryAsync(id, delivery => (string?)delivery["status"] == "delivered");
        Assert.Equal((got.Headers["webhook-id"], 204, 1), ((string?)delivery["messageId"], (int)delivery["responseStatus"]!, (int)delivery["attempts"]!));
        var one = JsonNode.Parse(await server.Client.GetStringAsync($"/api/v1/webhooks/{id}/deliveries/{delivery["id"]}"))!;
        Assert.Equal(got.Body, (string?)one["payload"]);
        await server.UnsubscribeAsync(id);
    }

    [Fact]
    public async Task ThresholdFailed_IsToldWithWhatDoesNotHold()
    {
        var (id, _) = await server.SubscribeAsync("/threshold", "standard", "threshold.failed");
        await server.RunAsync("holds", """, "thresholds": ["throughput > 1/s"]""");
        var run = await server.RunAsync("strict", """, "thresholds": ["throughput > 1/s", "throughput > 1000000/s"]""");

        var body = JsonNode.Parse((await server.Receiver.NextAsync()).Body)!;

        Assert.Equal(("threshold.failed", run), ((string?)body["type"], (string?)body["data"]!["runId"]));
        var failed = Assert.Single(body["data"]!["thresholds"]!.AsArray())!;
        Assert.Equal(("throughput > 1000000/s", false), ((string?)failed["threshold"], (bool)failed["holds"]!));
        await server.UnsubscribeAsync(id);
    }

    [Fact]
    public async Task Receiver_ThatFailsAtFirst_GetsTheSameAgain()
    {
        server.Receiver.Answers.Enqueue(500);
        server.Receiver.Answers.Enqueue(302);
        var (id, _) = await server.SubscribeAsync("/again", "standard", "run.finished");
        await server.RunAsync("again");

        var tries = new[] { await server.Receiver.NextAsync(), await server.Receiver.NextAsync(), await server.Receiver.NextAsync() };

        Assert.All(tries, one => Assert.Equal((tries[0].Path, tries[0].Headers["webhook-id"], tries[0].Body), (one.Path, one.Headers["webhook-id"], one.Body)));
        var delivery = await server.DeliveryAsync(id, delivery => (string?)delivery["status"] == "delivered");
        Assert.Equal(3, (int)delivery["attempts"]!);
        await server.UnsubscribeAsync(id);
    }

    [Fact]
    public async Task Receiver_ThatFailsAlways_IsGivenUpAndCanBeSentAgain()
    {
        for (var i = 0; i < 3; i++)
            server.Receiver.Answers.Enqueue(503);
        var (id, _) = await server.SubscribeAsync("/down", "standard", "run.finished");
        await server.RunAsync("down");
        var failed = await server.DeliveryAsync(id, delivery => (string?)delivery["status"] == "failed");
        Assert.Equal((3, 503, "answer 503"), ((int)failed["attempts"]!, (int)failed["responseStatus"]!, (string?)failed["response"]));
        for (var i = 0; i < 3; i++)
            await server.Receiver.NextAsync();

        using var replayed = await server.Client.PostAsync($"/api/v1/webhooks/{id}/deliveries/{failed["id"]}/replay", null);

        Assert.Equal(HttpStatusCode.Accepted, replayed.StatusCode);
        Assert.Equal((string?)failed["messageId"], (await server.Receiver.NextAsync()).Headers["webhook-id"]);
        await server.DeliveryAsync(id, delivery => (string?)delivery["status"] == "delivered");
        await server.UnsubscribeAsync(id);
    }

    [Fact]
    public async Task Receiver_ThatIsGone_IsSwitchedOff()
    {
        server.Receiver.Answers.Enqueue(410);
        var (id, _) = await server.SubscribeAsync("/gone", "standard", "run.finished");
        await server.RunAsync("gone");
        await server.Receiver.NextAsync();

        await server.DeliveryAsync(id, delivery => (string?)delivery["status"] == "failed");

        var webhook = await WaitForAsync(id, webhook => !(bool)webhook["active"]!);
        Assert.Contains("410", (string?)webhook["problem"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await server.Client.PostAsync($"/api/v1/webhooks/{id}/test", null)).StatusCode);
        using var on = await server.Client.PatchAsJsonAsync($"/api/v1/webhooks/{id}", new { active = true });
        Assert.Null(JsonNode.Parse(await on.Content.ReadAsStringAsync())!["problem"]);
        await server.UnsubscribeAsync(id);
    }

    [Fact]
    public async Task Chat_GetsAMessageUnsignedAndItsAddressIsNotShown()
    {
        var (id, secret) = await server.SubscribeAsync("/services/T0/hidden", "slack", "run.finished");
        Assert.Null(secret);
        using var tried = await server.Client.PostAsync($"/api/v1/webhooks/{id}/test", null);
        Assert.Equal(HttpStatusCode.Accepted, tried.StatusCode);

        var got = await server.Receiver.NextAsync();

        Assert.StartsWith("Brigade tries \"/services/T0/hidden\"", (string?)JsonNode.Parse(got.Body)!["text"], StringComparison.Ordinal);
        Assert.Equal("/services/T0/hidden", got.Path);
        Assert.False(got.Headers.ContainsKey("webhook-signature"));
        Assert.Equal(server.Receiver.Address + "/…", (string?)JsonNode.Parse(await server.Client.GetStringAsync($"/api/v1/webhooks/{id}"))!["target"]);
        await server.UnsubscribeAsync(id);
    }

    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://0x0a000001/")]
    public async Task Target_PrivateAddress_IsRefusedWhereItIsConnectedTo(string target)
    {
        using var made = await server.Client.PostAsJsonAsync("/api/v1/webhooks", new { name = "inside", target, events = new[] { "run.finished" } });
        var id = (string)JsonNode.Parse(await made.Content.ReadAsStringAsync())!["details"]!["id"]!;
        await server.Client.PostAsync($"/api/v1/webhooks/{id}/test", null);

        var delivery = await server.DeliveryAsync(id, delivery => (int)delivery["attempts"]! > 0);

        Assert.Contains("is refused", (string?)delivery["response"], StringComparison.Ordinal);
        Assert.Null(delivery["responseStatus"]);
        await server.UnsubscribeAsync(id);
    }

    [Fact]
    public async Task RenewSecret_SignsWithTheNewOne()
    {
        var (id, old) = await server.SubscribeAsync("/renewed", "standard", "run.finished");
        using var renewed = await server.Client.PostAsync($"/api/v1/webhooks/{id}/secret", null);
        var secret = (string)JsonNode.Parse(await renewed.Content.ReadAsStringAsync())!["secret"]!;
        Assert.NotEqual(old, secret, StringComparer.Ordinal);
        await server.Client.PostAsync($"/api/v1/webhooks/{id}/test", null);

        var got = await server.Receiver.NextAsync();

        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(got.Headers["webhook-timestamp"], CultureInfo.InvariantCulture));
        Assert.Equal(WebhookSignature.Of(secret, got.Headers["webhook-id"], at, got.Body), got.Headers["webhook-signature"]);
        await server.UnsubscribeAsync(id);
    }

    [Theory]
    [InlineData("""{ "target": "https://example.org/", "events": ["run.finished"] }""", "/name")]
    [InlineData("""{ "name": "a", "target": "ftp://example.org/", "events": ["run.finished"] }""", "/target")]
    [InlineData("""{ "name": "a", "target": "https://example.org/", "events": [] }""", "/events")]
    [InlineData("""{ "name": "a", "target": "https://example.org/", "events": ["ping"] }""", "/events")]
    [InlineData("""{ "name": "a", "target": "https://example.org/", "events": "run.finished" }""", "/events")]
    [InlineData("""{ "name": "a", "format": "fax", "target": "https://example.org/", "events": ["run.finished"] }""", "/format")]
    [InlineData("""{ "name": "a", "target": "https://example.org/", "events": ["run.finished"], "secret": "x" }""", "/secret")]
    public async Task Create_WrongBody_NamesThePlace(string body, string pointer)
    {
        using var response = await server.Client.PostAsync("/api/v1/webhooks", BrigadeServer.Json(body));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(pointer, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]![0]!["pointer"]);
    }

    private async Task<JsonNode> WaitForAsync(string id, Func<JsonNode, bool> isWanted)
    {
        for (var i = 0; i < 600; i++)
        {
            var webhook = JsonNode.Parse(await server.Client.GetStringAsync($"/api/v1/webhooks/{id}"))!;
            if (isWanted(webhook))
                return webhook;
            await Task.Delay(50);
        }

        throw new TimeoutException($"The webhook {id} did not become as wanted.");
    }
}
