using System.Net;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Api;

public sealed class ApiLimitTests : IAsyncLifetime
{
    private readonly BrigadeServer _server = new() { Settings = ["--Brigade:Api:RequestsPerMinute=5", "--Brigade:Api:OpenStreams=1"] };

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Requests_BeyondTheLimit_Are429WithTheTimeToWaitAndPagesGoOn()
    {
        using var client = _server.Client();

        using var first = await client.GetAsync("/api/v1/kernels");
        Assert.Equal("\"requests\";q=5;w=60", first.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Equal("\"requests\";r=4", first.Headers.GetValues("RateLimit").Single());
        for (var i = 0; i < 4; i++)
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/kernels")).StatusCode);

        using var refused = await client.GetAsync("/api/v1/kernels");

        Assert.Equal((HttpStatusCode.TooManyRequests, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType!.MediaType));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Streams_BeyondTheLimit_Are429()
    {
        using var client = _server.Client();
        using var submitted = await client.PostAsync("/api/v1/runs", BrigadeServer.Json("""{ "spec": { "name": "noop", "workload": { "kernel": "noop" } } }"""));
        var events = submitted.Headers.Location + "/events";
        using var first = await client.GetAsync(events, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        using var second = await client.GetAsync(events, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
    }
}
