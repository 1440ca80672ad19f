using System.Security.Claims;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Features.Api;
using Brigade.Web.Features.Api.Repeats;

namespace Brigade.Web.Features.Keys;

/// <summary>REST: the keys of programs.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/keys", "Keys");
        group.MapGet("/current", (ClaimsPrincipal user) => TypedResults.Ok(Owner(user)))
            .WithName("GetCurrentKey").WithSummary("Whose the request's own key is, and what it may do.")
            .WithAnswerExample(KeyExamples.Owner);
        group.MapGet("", ListAsync).WithName("ListKeys").WithSummary("The workspace's keys, newest first; those that were revoked or have expired too.")
            .RequireAuthorization(AccessPolicies.Admin).Produces<ListResponse<KeyResponse>>();
        group.MapPost("", CreateAsync).WithName("CreateKey").WithSummary("Make a key for a program. The answer is the only place where it is told.")
            .WithDescription("'scope' is read (as a viewer), write (as an editor), admin (as an admin) or runner (connect a runner, and nothing else). Without 'expiresInDays' the key does not expire.")
            .Accepts<KeyBody>("application/json").WithBodyExample(KeyExamples.Body).WithMetadata(new SecretAnswer())
            .RequireAuthorization(AccessPolicies.Admin).Produces<NewKeyResponse>(StatusCodes.Status201Created).WithAnswerExample(KeyExamples.NewKey)
            .ProducesBodyProblems().ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/{id:guid}", FindAsync).WithName("GetKey").WithSummary("One key, without its text.")
            .RequireAuthorization(AccessPolicies.Admin).Produces<KeyResponse>().WithAnswerExample(KeyExamples.Key).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{id:guid}", RevokeAsync).WithName("RevokeKey").WithSummary("End a key for good. What its bearer has open ends within three seconds.")
            .RequireAuthorization(AccessPolicies.Admin).Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static KeyOwner Owner(ClaimsPrincipal user) => new(
        user.FindFirstValue(ClaimTypes.Name) ?? "", user.FindFirstValue(ClaimTypes.Role) ?? "", Guid.TryParse(user.FindFirstValue(AccessPolicies.WorkspaceClaim), out var workspace) ? workspace : Guid.Empty);

    private static async Task<IResult> ListAsync(ApiKeyStore store, CancellationToken cancellation)
    {
        var rows = await store.ListAsync(cancellation);
        return TypedResults.Ok(new ListResponse<KeyResponse>([.. rows.Select(KeyResponse.Of)], rows.Count));
    }

    private static async Task<IResult> FindAsync(Guid id, ApiKeyStore store, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) is { } row ? TypedResults.Ok(KeyResponse.Of(row)) : ApiSetup.NotFound("key", id);

    private static async Task<IResult> CreateAsync(HttpRequest request, KeyDesk keys, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("name", "scope", "expiresInDays") is { } unknown)
            return unknown.ToResult();
        if (body.Value<string>("name")?.Trim() is not { Length: > 0 and <= ApiKeyStore.LongestName } name)
            return SpecProblem.Unprocessable("/name", $"Say in 'name' what the key is for, in at most {ApiKeyStore.LongestName} characters.").ToResult();
        if (Scope(body.Value<JsonElement>("scope")) is not { } scope)
            return SpecProblem.Unprocessable("/scope", $"'scope' is one of {string.Join(", ", Enum.GetNames<ApiKeyScope>().Select(known => known.ToLowerInvariant()))}.").ToResult();
        var days = body.Value<JsonElement>("expiresInDays");
        int? count = days.ValueKind == JsonValueKind.Number && days.TryGetInt32(out var number) && number is >= 1 and <= KeyDesk.MostDays ? number : null;
        if (count is null && days.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            return SpecProblem.Unprocessable("/expiresInDays", $"Say in how many days the key expires, as a whole number from 1 to {KeyDesk.MostDays}, or null for never.").ToResult();
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return await keys.CreateAsync(name, scope, count, cancellation) is var (text, row)
            ? TypedResults.Created($"{ApiSetup.Prefix}/keys/{row.Id}", new NewKeyResponse(text, KeyResponse.Of(row)))
            : TypedResults.Problem(title: "There are too many keys.", detail: $"The workspace has {ApiKeyStore.MostKeys} keys that are good. Revoke those that are not needed.", statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> RevokeAsync(Guid id, KeyDesk keys, CancellationToken cancellation) =>
        await keys.RevokeAsync(id, cancellation) is null ? ApiSetup.NotFound("key", id) : TypedResults.NoContent();

    private static ApiKeyScope? Scope(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.Deserialize<ApiKeyScope>(BrigadeJson.Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
