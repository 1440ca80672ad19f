using System.Security.Claims;
using Brigade.Data.Entities;
using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Access.Sessions;
using Brigade.Web.Features.Api;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Features.Accounts;

/// <summary>
/// What an owner may do to other people's accounts. An account reaches into every workspace that its person belongs to, so it takes an owner of all of these; the server's own token may always.
/// </summary>
internal static class AccountAdministration
{
    public static void MapAccountAdministration(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/accounts", "Accounts");
        group.MapPost("/{userId:guid}/reset-link", ResetLinkAsync).RequireAuthorization(AccessPolicies.Owner)
            .WithName("CreateResetLink").WithSummary("Make a link that sets a new password for an account, once, within two hours.").Produces<ResetLink>().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{userId:guid}/disable", (HttpContext context, Guid userId) => SetDisabledAsync(context, userId, disabled: true)).RequireAuthorization(AccessPolicies.Owner)
            .WithName("DisableAccount").WithSummary("Close an account: its sessions end at once, and it cannot sign in.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{userId:guid}/enable", (HttpContext context, Guid userId) => SetDisabledAsync(context, userId, disabled: false)).RequireAuthorization(AccessPolicies.Owner)
            .WithName("EnableAccount").WithSummary("Open a closed account again.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ResetLinkAsync(HttpContext context, Guid userId, UserManager<User> users, AccountAudit audit, TimeProvider time)
    {
        if (await FindAsync(context, userId) is not { } user)
            return ApiSetup.NotFound("account", userId);
        var path = await ResetEndpoints.LinkAsync(users, user);
        await audit.NoteAsync(user, context.User.Scope(), "account.reset-link-made");
        return TypedResults.Ok(new ResetLink($"{context.Request.Scheme}://{context.Request.Host}{path}", time.GetUtcNow() + AccountSetup.ResetLifetime));
    }

    private static async Task<IResult> SetDisabledAsync(HttpContext context, Guid userId, bool disabled)
    {
        var services = context.RequestServices;
        if (await FindAsync(context, userId) is not { } user)
            return ApiSetup.NotFound("account", userId);
        if (disabled && string.Equals(context.User.FindFirstValue(ClaimTypes.NameIdentifier), userId.ToString(), StringComparison.Ordinal))
            return TypedResults.Problem(title: "This is your own account.", detail: "Nobody closes their own account: ask another owner.", statusCode: StatusCodes.Status409Conflict);
        user.Disabled = disabled;
        await services.GetRequiredService<UserManager<User>>().UpdateSecurityStampAsync(user);
        services.GetRequiredService<ISessions>().End(userId);
        await services.GetRequiredService<AccountAudit>().NoteAsync(user, context.User.Scope(), disabled ? "account.disabled" : "account.enabled");
        return TypedResults.NoContent();
    }

    /// <summary>The account, where it belongs to the workspace of whoever asks; null for an account that does not exist for them.</summary>
    /// <exception cref="NotAllowedException">It belongs to other workspaces too, which they do not own.</exception>
    private static async Task<User?> FindAsync(HttpContext context, Guid userId)
    {
        var directory = context.RequestServices.GetRequiredService<WorkspaceDirectory>();
        var scope = context.User.Scope();
        var theirs = await directory.OfUserAsync(userId, context.RequestAborted);
        if (theirs.All(membership => membership.WorkspaceId != scope.WorkspaceId))
            return null;
        if (Guid.TryParse(scope.ActorId, out var me))
        {
            var owned = (await directory.OfUserAsync(me, context.RequestAborted)).Where(membership => membership.Role == WorkspaceRole.Owner).Select(membership => membership.WorkspaceId).ToHashSet();
            if (!theirs.All(membership => owned.Contains(membership.WorkspaceId)))
                throw new NotAllowedException(WorkspaceRole.Owner, scope.Role);
        }
        else if (!context.User.IsServerToken() && theirs.Count > 1)
        {
            throw new NotAllowedException(WorkspaceRole.Owner, scope.Role);
        }

        return await context.RequestServices.GetRequiredService<UserManager<User>>().FindByIdAsync(userId.ToString());
    }
}

/// <param name="Url">Whole address; give it to the account's person and nobody else.</param>
internal sealed record ResetLink(string Url, DateTimeOffset ExpiresAt);
