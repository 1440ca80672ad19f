using System.Security.Claims;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Access.Sessions;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Features.Accounts;

/// <summary>Who a user is in the workspace that they worked in last, else in the first that they belong to. Without any, they are somebody who may see their account and nothing else.</summary>
internal sealed class UserClaims(WorkspaceDirectory directory) : IUserClaimsPrincipalFactory<User>
{
    public async Task<ClaimsPrincipal> CreateAsync(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var memberships = await directory.OfUserAsync(user.Id);
        var membership = memberships.FirstOrDefault(membership => membership.WorkspaceId == user.LastWorkspaceId) ?? memberships.FirstOrDefault();
        var principal = membership is null
            ? new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()), new Claim(ClaimTypes.Name, user.DisplayName)], AccessPolicies.CookieScheme))
            : AccessPolicies.Principal(AccessPolicies.CookieScheme, user.Id.ToString(), user.DisplayName, membership.WorkspaceId, membership.Role);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(SessionLook.StampClaim, user.SecurityStamp ?? ""));
        return principal;
    }
}
