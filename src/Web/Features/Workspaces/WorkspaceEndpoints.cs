using System.Text.Json.Nodes;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Features.Workspaces;

/// <summary>The body of a new workspace.</summary>
internal sealed record WorkspaceBody(string Name, Guid? OwnerId);

/// <summary>The body of a change of a workspace.</summary>
internal sealed record WorkspaceChangeBody(string Name);

/// <summary>REST: workspaces. A request works in one of them, and only that one is changed.</summary>
internal static class WorkspaceEndpoints
{
    private static readonly string NameRule = $"A workspace's name is text of 1 to {Workspace.LongestName} characters in one line.";

    public static void MapWorkspaces(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/workspaces", "Workspaces");
        group.MapGet("", ListAsync).WithName("ListWorkspaces").WithSummary("The workspaces that you belong to, by name; those of a key are the one that it is for.").Produces<ListResponse<WorkspaceResponse>>();
        group.MapPost("", CreateAsync).RequireAuthorization(AccessPolicies.Owner).WithName("CreateWorkspace").WithSummary("Make another workspace.")
            .WithDescription("You become its owner. A key is nobody who can own one: it says in 'ownerId' which member of its workspace does.")
            .Accepts<WorkspaceBody>("application/json").WithBodyExample(new JsonObject { ["name"] = "Payments team" })
            .Produces<WorkspaceResponse>(StatusCodes.Status201Created).ProducesBodyProblems().ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPatch("/{id:guid}", RenameAsync).RequireAuthorization(AccessPolicies.Owner).WithName("RenameWorkspace").WithSummary("Give the workspace that you work in another name.")
            .Accepts<WorkspaceChangeBody>("application/json").WithBodyExample(new JsonObject { ["name"] = "Payments team" })
            .Produces<WorkspaceResponse>().ProducesBodyProblems().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{id:guid}", DeleteAsync).RequireAuthorization(AccessPolicies.Owner).WithName("DeleteWorkspace").WithSummary("Delete the workspace that you work in, and everything in it.")
            .WithDescription("'confirm' is the workspace's name, so that nobody deletes another one than they mean. 409 while runs have not ended, and for the workspace that was there from the start. It cannot be brought back.")
            .Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(WorkspaceActions workspaces, CancellationToken cancellation)
    {
        var rows = await workspaces.MineAsync(cancellation);
        return TypedResults.Ok(new ListResponse<WorkspaceResponse>(rows, rows.Count));
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, WorkspaceActions workspaces, IWorkspaceScope me, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("name", "ownerId") is { } unknown)
            return unknown.ToResult();
        if (Name(body) is not { } name)
            return SpecProblem.Unprocessable("/name", NameRule).ToResult();
        if (!Guid.TryParse(body.Has("ownerId") ? body.Value<string>("ownerId") : me.ActorId, out var owner))
            return SpecProblem.Unprocessable("/ownerId", "Say which member owns it, by the 'userId' that /members answers: a key cannot.").ToResult();
        var made = await workspaces.CreateAsync(name, owner, cancellation);
        return TypedResults.Created($"{ApiSetup.Prefix}/workspaces/{made.Id}", made);
    }

    private static async Task<IResult> RenameAsync(Guid id, HttpRequest request, WorkspaceActions workspaces, IWorkspaceScope me, CancellationToken cancellation)
    {
        if (id != me.WorkspaceId)
            return ApiSetup.NotFound("workspace", id);
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("name") is { } unknown)
            return unknown.ToResult();
        if (Name(body) is not { } name)
            return SpecProblem.Unprocessable("/name", NameRule).ToResult();
        await workspaces.RenameAsync(name, cancellation);
        return TypedResults.Ok(new WorkspaceResponse(id, name.Trim(), me.Role, IsCurrent: true));
    }

    private static async Task<IResult> DeleteAsync(Guid id, string? confirm, WorkspaceActions workspaces, WorkspaceStore store, IWorkspaceScope me, CancellationToken cancellation)
    {
        if (id != me.WorkspaceId)
            return ApiSetup.NotFound("workspace", id);
        if (!string.Equals(confirm, await store.NameAsync(cancellation), StringComparison.Ordinal))
        {
            var errors = new ParameterErrors();
            errors.Add("confirm", "Send the workspace's name, exactly as it is, to confirm that everything in it is to be deleted.");
            return errors.ToResult();
        }

        await workspaces.DeleteAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static string? Name(ApiBody body) => body.Value<string>("name") is { } name && WorkspaceStore.IsName(name) ? name : null;
}
