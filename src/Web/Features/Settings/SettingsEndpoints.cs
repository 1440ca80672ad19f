using System.Text.Json;
using System.Text.Json.Nodes;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Features.Settings;

/// <summary>REST: what the workspace keeps, and for how long.</summary>
internal static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/settings", "Settings");
        group.MapGet("/retention", FindAsync).WithName("GetRetention").WithSummary("After how many days the series and the detail of runs are deleted; absent means never.")
            .Produces<RetentionRules>();
        group.MapPut("/retention", ChangeAsync).WithName("ChangeRetention").WithSummary("Say after how many days the series and the detail of runs are deleted.")
            .WithDescription("'keepFramesDays' is for the frames of 100 ms, 'keepTrialsDays' for latency histograms and task errors; null or absent keeps them for ever. Results and trends always stay. Applied within the hour.")
            .Accepts<RetentionRules>("application/json").WithBodyExample(new JsonObject { ["keepFramesDays"] = 90, ["keepTrialsDays"] = 365 })
            .Produces<RetentionRules>().ProducesBodyProblems().RequireAuthorization(AccessPolicies.Admin);
    }

    private static async Task<IResult> FindAsync(RetentionStore store, CancellationToken cancellation) => TypedResults.Ok(await store.RulesAsync(cancellation));

    private static async Task<IResult> ChangeAsync(HttpRequest request, RetentionStore store, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("keepFramesDays", "keepTrialsDays") is { } unknown)
            return unknown.ToResult();
        foreach (var name in new[] { "keepFramesDays", "keepTrialsDays" })
        {
            var value = body.Value<JsonElement>(name);
            if (value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) && Days(value) is null)
                return SpecProblem.Unprocessable("/" + name, $"Say how many days, as a whole number from 1 to {RetentionRules.MostDays}, or null for ever.").ToResult();
        }

        var rules = new RetentionRules(Days(body.Value<JsonElement>("keepFramesDays")), Days(body.Value<JsonElement>("keepTrialsDays")));
        await store.ChangeRulesAsync(rules, cancellation);
        return TypedResults.Ok(rules);
    }

    private static int? Days(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var days) && days is >= 1 and <= RetentionRules.MostDays ? days : null;
}
