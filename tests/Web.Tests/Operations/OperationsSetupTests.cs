using System.Net;
using Brigade.Web.Operations;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Web.Tests.Operations;

public sealed class OperationsSetupTests(BrigadeServer server) : IClassFixture<BrigadeServer>
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_NoCredentials_TellsTheStateAlone(string path)
    {
        using var client = server.Client(token: null);

        using var response = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Healthy", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Metrics_NoCredentials_Is401()
    {
        using var client = server.Client(token: null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task Metrics_WithToken_AreInPrometheusForm()
    {
        server.Services.GetRequiredService<Telemetry>().SawQueue(queued: 0, executing: 0);
        using var client = server.Client();

        var text = await client.GetStringAsync("/metrics");

        Assert.Contains("# TYPE brigade_runs_queued gauge", text, StringComparison.Ordinal);
        Assert.Contains("brigade_runners_connected", text, StringComparison.Ordinal);
        Assert.Contains("http_server_active_requests", text, StringComparison.Ordinal);
        Assert.DoesNotContain(BrigadeServer.Token, text, StringComparison.Ordinal);
    }
}
