using System.Text.Json;
using System.Text.Json.Nodes;
using Brigade.Contracts.Network;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Features.Network;

/// <summary>REST: whom the workspace's runs may connect to.</summary>
internal static class NetworkEndpoints
{
    public static void MapNetwork(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/settings/network", "Settings");
        group.MapGet("", async (NetworkStore store, CancellationToken cancellation) => TypedResults.Ok(await store.RulesAsync(cancellation)))
            .WithName("GetNetwork").WithSummary("Whom runs and webhooks may connect to beside public addresses.").Produces<NetworkRules>();
        group.MapPut("", ChangeAsync).WithName("ChangeNetwork").WithSummary("Say whom runs and webhooks may connect to beside public addresses.")
            .WithDescription("'allowed' lists host names (db.example.com, *.example.com), addresses (10.1.2.3) and ranges (10.0.0.0/8), each with a port behind it where only that is meant. With 'onlyListed' public addresses have to be listed, too. A name opens private addresses; loopback and link-local ones have to be listed as addresses.")
            .Accepts<NetworkRules>("application/json").WithBodyExample(new JsonObject { ["allowed"] = new JsonArray("db.example.com:5432", "10.0.0.0/8"), ["onlyListed"] = false })
            .Produces<NetworkRules>().ProducesBodyProblems().RequireAuthorization(AccessPolicies.Admin);
    }

    private static async Task<IResult> ChangeAsync(HttpRequest request, NetworkStore store, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("allowed", "onlyListed") is { } unknown)
            return unknown.ToResult();
        if (body.Value<List<string?>>("allowed") is not { } allowed || allowed.Contains(null))
            return SpecProblem.Unprocessable("/allowed", "Give the targets as a list of texts; an empty list allows public addresses only.").ToResult();
        var only = body.Value<JsonElement>("onlyListed");
        if (only.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.True or JsonValueKind.False))
            return SpecProblem.Unprocessable("/onlyListed", "Say true or false.").ToResult();
        var rules = new NetworkRules([.. allowed.OfType<string>().Select(entry => entry.Trim())], only.ValueKind == JsonValueKind.True);
        if (rules.Problem() is { } wrong)
            return SpecProblem.Unprocessable("/allowed", wrong).ToResult();
        await store.ChangeRulesAsync(rules, cancellation);
        return TypedResults.Ok(rules);
    }
}
