using System.Net;
using System.Text.Json.Nodes;
using Brigade.Data.Queries;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Trends;

public sealed class TrendEndpointsTests(BrigadeServer server) : IClassFixture<BrigadeServer>, IDisposable
{
    private readonly HttpClient _client = server.Client();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("7")]
    [InlineData("{}")]
    public async Task Decide_NoteThatIsNoText_IsRefused(string note)
    {
        using var response = await _client.PatchAsync($"/api/v1/changes/{Guid.NewGuid()}", BrigadeServer.Json($$"""{"state":"noise","note":{{note}}}"""));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("/note", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]![0]!["pointer"]);
    }

    [Fact]
    public async Task Decide_NoNote_IsFine()
    {
        using var response = await _client.PatchAsync($"/api/v1/changes/{Guid.NewGuid()}", BrigadeServer.Json("{\"state\":\"noise\",\"note\":null}"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Annotate_New_SaysWhereItCanBeRead()
    {
        var experiment = (await server.Get<ExperimentStore>().CreateAsync(Given.Spec("annotated"))).Id;
        using var created = await _client.PostAsync($"/api/v1/experiments/{experiment}/annotations", BrigadeServer.Json("{\"text\":\"upgraded\"}"));

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Contains("upgraded", await _client.GetStringAsync(created.Headers.Location), StringComparison.Ordinal);
    }
}
