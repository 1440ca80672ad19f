using System.Security.Claims;
using System.Text.Json.Nodes;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Features.Keys;

/// <summary>Whoever asks.</summary>
/// <param name="Name">A user's or a key's name.</param>
/// <param name="Role">What it may do: viewer, editor, admin or owner.</param>
public sealed record KeyOwner(string Name, string Role);

/// <summary>REST: the keys of programs.</summary>
internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/keys", "Keys");
        group.MapGet("/current", (ClaimsPrincipal user) => TypedResults.Ok(new KeyOwner(user.FindFirstValue(ClaimTypes.Name) ?? "", user.FindFirstValue(ClaimTypes.Role) ?? "")))
            .WithName("GetCurrentKey").WithSummary("Whose the request's own key is, and what it may do.")
            .WithAnswerExample(new JsonObject { ["name"] = "pipeline", ["role"] = "editor" });
    }
}
