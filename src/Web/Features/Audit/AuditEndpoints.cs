using System.ComponentModel;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Features.Api;
using Microsoft.AspNetCore.Mvc;

namespace Brigade.Web.Features.Audit;

/// <summary>The query string of <c>GET /api/v1/audit</c>, as it was sent.</summary>
internal sealed record AuditListQuery(
    [property: FromQuery, Description("Only this action, such as run.deleted, or all of a noun, such as run.")] string? Action,
    [property: FromQuery, Description("Only what somebody of this name or id did.")] string? Actor,
    [property: FromQuery, Description("Goes on behind the last entry of a page: the value of its 'next'.")] string? After,
    [property: FromQuery, Description("How many to answer, 1 to 200. Default: 50.")] string? Take)
{
    public (AuditQuery Query, ParameterErrors Errors) Read()
    {
        var errors = new ParameterErrors();
        var after = Cursor.Read(errors, "after", After) is var (at, place) ? new AuditPlace(at, place) : null;
        var take = errors.Number("take", Take, 50, 1, RunStore.MaximumPageSize);
        return (new AuditQuery { Action = Action ?? "", Actor = Actor ?? "", After = after, Take = take }, errors);
    }
}

/// <summary>A page of the audit log, newest first.</summary>
/// <param name="Next">What to send as <c>after</c> for the page behind this one; absent where there is none.</param>
internal sealed record AuditListResponse(IReadOnlyList<AuditRow> Items, string? Next);

/// <summary>REST: who did what.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder app) => app.MapApi("/audit", "Audit")
        .MapGet("", ListAsync).RequireAuthorization(AccessPolicies.Admin).WithName("ListAudit").WithSummary("Who did what in the workspace, newest first. For admins.")
        .Produces<AuditListResponse>().ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> ListAsync([AsParameters] AuditListQuery query, AuditStore store, CancellationToken cancellation)
    {
        var (read, errors) = query.Read();
        if (errors.Any)
            return errors.ToResult();
        var slice = await store.ListAsync(read, cancellation);
        return TypedResults.Ok(new AuditListResponse(slice.Items, slice.HasMore ? Cursor.Of(slice.Items[^1].At, slice.Items[^1].Id) : null));
    }
}
