using System.Net;
using System.Text.Json.Nodes;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Network;
using Brigade.Data.Queries;
using Brigade.Web.Features.Network;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Brigade.Web.Tests.Features.Network;

public sealed class OutgoingRulesTests(BrigadeServer server) : IClassFixture<BrigadeServer>
{
    [Theory]
    [InlineData("http://127.0.0.1:5080", null, true)]
    [InlineData(null, null, true)]
    [InlineData("http://127.0.0.1:5080", "false", false)]
    [InlineData("http://127.0.0.1:5080", "true", true)]
    public void AllowsLoopback_Server_IsForThePeopleAtItsMachineOrAsTheOperatorSays(string? urls, string? setting, bool allows)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["urls"] = urls, [OutgoingRules.Setting] = setting }).Build();

        Assert.Equal(allows, new OutgoingRules(server.Get<NetworkStore>(), configuration).AllowsLoopback);
    }

    [Fact]
    public async Task Put_List_TravelsWithTheRunsOrder()
    {
        using var client = server.Client();
        using var saved = await client.PutAsync("/api/v1/settings/network", BrigadeServer.Json("""{ "allowed": ["10.0.0.0/8"], "onlyListed": true }"""));
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);

        var order = await server.Get<RunOrders>().OfAsync(Data.Entities.Workspace.DefaultId, "{}");

        Assert.Equal(new NetworkRules(["10.0.0.0/8"], OnlyListed: true).WithLoopback(), order.Network);
        Assert.Equal(RunOrder.Least.Network, (await server.Get<RunOrders>().OfRunAsync(Guid.NewGuid(), "{}")).Network with { Allowed = [] });
    }

    [Theory]
    [InlineData("""{ "allowed": ["http://x"] }""", "/allowed")]
    [InlineData("""{ "allowed": "10.0.0.1" }""", "/allowed")]
    [InlineData("""{ "allowed": [null] }""", "/allowed")]
    [InlineData("""{ "allowed": [], "onlyListed": 1 }""", "/onlyListed")]
    [InlineData("""{ "allow": [] }""", "/allow")]
    public async Task Put_WrongBody_SaysWhere(string body, string pointer)
    {
        using var client = server.Client();

        using var response = await client.PutAsync("/api/v1/settings/network", BrigadeServer.Json(body));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, pointer), (response.StatusCode, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]![0]!["pointer"]));
    }
}
