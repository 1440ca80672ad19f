using System.Security.Claims;
using Brigade.Data;
using Brigade.Data.Entities;
using Microsoft.AspNetCore.Authorization;

namespace Brigade.Web.Access;

/// <summary>
/// Names of schemes, policies and claims, and what a principal may do. A principal always carries <see cref="ClaimTypes.NameIdentifier"/> (a user's id, <c>key:…</c> or <c>runner:…</c>),
/// <see cref="ClaimTypes.Name"/>, <see cref="WorkspaceClaim"/> and exactly one <see cref="ClaimTypes.Role"/>.
/// </summary>
internal static class AccessPolicies
{
    /// <summary>Picks the bearer scheme where a request brings a bearer token, else the cookie.</summary>
    public const string EitherScheme = "either";

    /// <summary>Identity's own name for the cookie of whoever is signed in.</summary>
    public const string CookieScheme = "Identity.Application";

    public const string BearerScheme = "bearer";

    /// <summary>The default and the fallback: whoever belongs to a workspace. Also the name of the role, as are the next three.</summary>
    public const string Viewer = "viewer";

    public const string Editor = "editor";

    public const string Admin = "admin";

    public const string Owner = "owner";

    /// <summary>The runners' hub: runners, and an owner's script that starts one. Also the name of the runners' role.</summary>
    public const string Runner = "runner";

    /// <summary>The id of the workspace that the principal works in.</summary>
    public const string WorkspaceClaim = "brigade:workspace";

    private const string ServerTokenId = "key:server";

    private const string EmbeddedClaim = "brigade:embedded";

    /// <summary>Whoever works in a workspace.</summary>
    /// <param name="actorId">A user's id, or <c>key:…</c>.</param>
    public static ClaimsPrincipal Principal(string scheme, string actorId, string actorName, Guid workspaceId, WorkspaceRole role) => Principal(scheme, actorId, actorName, workspaceId, Name(role));

    /// <summary>A runner of a workspace.</summary>
    public static ClaimsPrincipal RunnerPrincipal(string scheme, string id, string name, Guid workspaceId) => Principal(scheme, $"runner:{id}", name, workspaceId, Runner);

    /// <summary>The bearer of the token that the server was started with: an owner of the default workspace.</summary>
    public static ClaimsPrincipal ServerTokenPrincipal(string scheme) => Principal(scheme, ServerTokenId, "server token", Workspace.DefaultId, WorkspaceRole.Owner);

    /// <summary>This process's own runner, which works for every workspace.</summary>
    public static ClaimsPrincipal EmbeddedRunnerPrincipal()
    {
        var principal = RunnerPrincipal(BearerScheme, "embedded", "embedded runner", Workspace.DefaultId);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(EmbeddedClaim, "true"));
        return principal;
    }

    public static bool IsServerToken(this ClaimsPrincipal principal) => principal.HasClaim(ClaimTypes.NameIdentifier, ServerTokenId);

    public static bool IsEmbeddedRunner(this ClaimsPrincipal principal) => principal.HasClaim(EmbeddedClaim, "true");

    /// <summary>The scope that a principal works in; nobody's for one that says less, or more, than a principal has to. A runner only reads by itself: what it measured is written by its run's owner.</summary>
    public static FixedWorkspaceScope Scope(this ClaimsPrincipal principal)
    {
        if (principal.Identity is not { IsAuthenticated: true }
            || principal.FindAll(ClaimTypes.Role).ToList() is not [var role]
            || principal.FindAll(WorkspaceClaim).ToList() is not [var workspace]
            || !Guid.TryParse(workspace.Value, out var workspaceId)
            || Role(role.Value) is not { } known)
            return FixedWorkspaceScope.None;
        return new FixedWorkspaceScope(workspaceId, known, principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? "", principal.FindFirstValue(ClaimTypes.Name) ?? "");
    }

    public static string Name(WorkspaceRole role) => role switch
    {
        WorkspaceRole.Viewer => Viewer,
        WorkspaceRole.Editor => Editor,
        WorkspaceRole.Admin => Admin,
        WorkspaceRole.Owner => Owner,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Unknown role."),
    };

    /// <summary>The policies, one for each role, and the runners'.</summary>
    public static AuthorizationBuilder AddBrigadePolicies(this AuthorizationBuilder builder)
    {
        foreach (var role in Enum.GetValues<WorkspaceRole>())
            builder.AddPolicy(Name(role), AtLeast(role));
        return builder
            .SetDefaultPolicy(AtLeast(WorkspaceRole.Viewer))
            .SetFallbackPolicy(AtLeast(WorkspaceRole.Viewer))
            .AddPolicy(Runner, policy => policy.AddAuthenticationSchemes(BearerScheme).RequireRole(Runner, Owner));
    }

    private static AuthorizationPolicy AtLeast(WorkspaceRole least) => new AuthorizationPolicyBuilder(EitherScheme)
        .RequireRole(Enum.GetValues<WorkspaceRole>().Where(role => role >= least).Select(Name))
        .Build();

    private static WorkspaceRole? Role(string name) => name switch
    {
        Viewer or Runner => WorkspaceRole.Viewer,
        Editor => WorkspaceRole.Editor,
        Admin => WorkspaceRole.Admin,
        Owner => WorkspaceRole.Owner,
        _ => null,
    };

    private static ClaimsPrincipal Principal(string scheme, string actorId, string actorName, Guid workspaceId, string role) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, actorId), new Claim(ClaimTypes.Name, actorName),
            new Claim(WorkspaceClaim, workspaceId.ToString()), new Claim(ClaimTypes.Role, role),
        ],
        scheme));
}
