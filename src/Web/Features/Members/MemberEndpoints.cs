using System.Text.Json.Nodes;
using Brigade.Contracts.Spec;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Features.Members;

/// <summary>The body of a change of role.</summary>
internal sealed record MemberBody(WorkspaceRole Role);

/// <summary>REST: members.</summary>
internal static class MemberEndpoints
{
    public static void MapMembers(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/members", "Members");
        group.MapGet("", ListAsync).WithName("ListMembers").WithSummary("Who belongs to the workspace, and with which role: owners first, then by name.").Produces<ListResponse<MemberRow>>();
        group.MapPatch("/{userId:guid}", ChangeAsync).RequireAuthorization(AccessPolicies.Admin).WithName("ChangeMember").WithSummary("Give a member another role.")
            .WithDescription("'role' is viewer, editor, admin or owner. Whatever concerns admins and owners takes an owner; the last owner stays one. The member's sessions end at once and come back with the new role.")
            .Accepts<MemberBody>("application/json").WithBodyExample(new JsonObject { ["role"] = "editor" })
            .Produces<MemberRow>().ProducesBodyProblems().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{userId:guid}", RemoveAsync).RequireAuthorization(AccessPolicies.Admin).WithName("RemoveMember").WithSummary("Take a member out of the workspace.")
            .WithDescription("Their account, and what they did, stays. Their sessions in this workspace end at once. The last owner stays.")
            .Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>The role that a body names; null where it names none.</summary>
    public static WorkspaceRole? Role(ApiBody body) => EnumName.TryParse<WorkspaceRole>(body.Value<string>("role") ?? "", out var role) ? role : null;

    public static IResult WrongRole() => SpecProblem.Unprocessable("/role", "Say 'viewer', 'editor', 'admin' or 'owner'.").ToResult();

    private static async Task<IResult> ListAsync(MembershipStore store, CancellationToken cancellation)
    {
        var rows = await store.ListAsync(cancellation);
        return TypedResults.Ok(new ListResponse<MemberRow>(rows, rows.Count));
    }

    private static async Task<IResult> ChangeAsync(Guid userId, HttpRequest request, MemberActions members, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("role") is { } unknown)
            return unknown.ToResult();
        if (Role(body) is not { } role)
            return WrongRole();
        return await members.ChangeRoleAsync(userId, role, cancellation) is { } member ? TypedResults.Ok(member) : ApiSetup.NotFound("member", userId);
    }

    private static async Task<IResult> RemoveAsync(Guid userId, MemberActions members, CancellationToken cancellation) =>
        await members.RemoveAsync(userId, cancellation) ? TypedResults.NoContent() : ApiSetup.NotFound("member", userId);
}
