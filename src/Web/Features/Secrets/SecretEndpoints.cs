using System.Text.Json.Nodes;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Features.Secrets;

/// <summary>REST: the secrets of the workspace. Values go in and never come out.</summary>
internal static class SecretEndpoints
{
    public static void MapSecrets(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/secrets", "Secrets");
        group.MapGet("", ListAsync).WithName("ListSecrets").WithSummary("The secrets of the workspace by name, without their values.")
            .Produces<ListResponse<SecretRow>>().RequireAuthorization(AccessPolicies.Editor);
        group.MapPut("/{name}", SetAsync).WithName("SetSecret").WithSummary("Store a secret, or another value for one.")
            .WithDescription("Specs name it, and only their runs get the value. It is stored encrypted and can be read by nobody again.")
            .Accepts<SecretBody>("application/json").WithBodyExample(new JsonObject { ["value"] = "postgresql://user:password@db.example.com/orders" })
            .Produces(StatusCodes.Status204NoContent).ProducesBodyProblems().RequireAuthorization(AccessPolicies.Admin);
        group.MapDelete("/{name}", DeleteAsync).WithName("DeleteSecret").WithSummary("Delete a secret. Runs that name it fail from then on.")
            .Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound).RequireAuthorization(AccessPolicies.Admin);
    }

    private static async Task<IResult> ListAsync(SecretStore store, CancellationToken cancellation)
    {
        var rows = await store.ListAsync(cancellation);
        return TypedResults.Ok(new ListResponse<SecretRow>(rows, rows.Count));
    }

    private static async Task<IResult> SetAsync(string name, HttpRequest request, SecretStore store, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("value") is { } unknown)
            return unknown.ToResult();
        if (SecretStore.Problem(name, null) is { } wrongName)
            return SpecProblem.Unprocessable("", wrongName).ToResult();
        if (body.Value<string>("value") is not { } value)
            return SpecProblem.Unprocessable("/value", "Give the value as a text.").ToResult();
        if (SecretStore.Problem(name, value) is { } wrong)
            return SpecProblem.Unprocessable("/value", wrong).ToResult();
        return await store.SetAsync(name, value, cancellation)
            ? TypedResults.NoContent()
            : SpecProblem.Unprocessable("", $"The workspace has {SecretStore.Most} secrets, which is the most. Delete one first.").ToResult();
    }

    private static async Task<IResult> DeleteAsync(string name, SecretStore store, CancellationToken cancellation) => SecretReferences.IsName(name) && await store.DeleteAsync(name, cancellation)
        ? TypedResults.NoContent()
        : TypedResults.Problem(title: "There is no such secret.", detail: $"There is no secret '{name}' in this workspace.", statusCode: StatusCodes.Status404NotFound);
}

/// <param name="Value">The new value.</param>
internal sealed record SecretBody(string Value);
