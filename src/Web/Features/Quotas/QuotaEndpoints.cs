using System.Text.Json;
using System.Text.Json.Nodes;
using Brigade.Data;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Features.Quotas;

/// <summary>What a workspace may have, and what it has.</summary>
internal sealed record QuotaResponse(QuotaRules Limits, QuotaUse Use);

/// <summary>REST: quotas.</summary>
internal static class QuotaEndpoints
{
    private static readonly string[] Names = ["runsAtATime", "runMinutesAMonth", "storedBytes", "apiCallsAMinute"];

    public static void MapQuotas(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/settings/quotas", "Settings");
        group.MapGet("", FindAsync).WithName("GetQuotas").WithSummary("How much the workspace may have, and how much it has; an absent limit is none.").Produces<QuotaResponse>();
        group.MapPut("", ChangeAsync).RequireAuthorization(AccessPolicies.Admin).WithName("ChangeQuotas").WithSummary("Say how much the workspace may have.")
            .WithDescription("'runsAtATime' counts runs that are queued or running, 'runMinutesAMonth' begins anew with each month (UTC), 'storedBytes' are those of measurements, 'apiCallsAMinute' are those of all members and keys together. Null or absent is no limit.")
            .Accepts<QuotaRules>("application/json").WithBodyExample(new JsonObject { ["runsAtATime"] = 20, ["runMinutesAMonth"] = 6000, ["storedBytes"] = 10_737_418_240, ["apiCallsAMinute"] = 1200 })
            .Produces<QuotaRules>().ProducesBodyProblems();
    }

    private static async Task<IResult> FindAsync(QuotaStore store, CancellationToken cancellation) =>
        TypedResults.Ok(new QuotaResponse(await store.RulesAsync(cancellation), await store.UseAsync(cancellation)));

    private static async Task<IResult> ChangeAsync(HttpRequest request, QuotaStore store, ApiCallQuota calls, IWorkspaceScope me, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown(Names) is { } unknown)
            return unknown.ToResult();
        var values = Names.Select(name => Number(body.Value<JsonElement>(name))).ToList();
        var rules = new QuotaRules(Int(values[0]), Int(values[1]), values[2], Int(values[3]));
        if (rules.Problems().FirstOrDefault() is (Name: { } wrong, var text))
            return SpecProblem.Unprocessable("/" + wrong, text).ToResult();
        await store.ChangeRulesAsync(rules, cancellation);
        await calls.ReadAsync(me.WorkspaceId);
        return TypedResults.Ok(rules);
    }

    // What is no whole number is out of bounds, and reported as that.
    private static long? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.Number when value.TryGetInt64(out var number) => number,
        _ => -1,
    };

    private static int? Int(long? value) => value is { } number ? (int)Math.Clamp(number, -1, int.MaxValue) : null;
}
