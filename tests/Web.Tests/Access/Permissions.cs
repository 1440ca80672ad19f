using Brigade.Data.Entities;
using Brigade.Web.Access;

namespace Brigade.Web.Tests.Access;

/// <summary>Who may call what: the one table that the server is held to. A route that is not in it fails the test, so that nobody adds one without saying who may use it.</summary>
internal static class Permissions
{
    /// <summary>Everybody, without any cookie or token.</summary>
    public static WorkspaceRole? Everybody => null;

    private static readonly Permission OfPerson = new(WorkspaceRole.Viewer) { IsOfPerson = true };

    private const WorkspaceRole Viewer = WorkspaceRole.Viewer;
    private const WorkspaceRole Editor = WorkspaceRole.Editor;
    private const WorkspaceRole Admin = WorkspaceRole.Admin;
    private const WorkspaceRole Owner = WorkspaceRole.Owner;

    /// <summary>By method and route, the least role that may.</summary>
    public static IReadOnlyDictionary<string, Permission> Routes { get; } = new Dictionary<string, Permission>(StringComparer.Ordinal)
    {
        // Pages: what they show is asked of the stores by their circuit, so that the page itself is the same shell for all.
        ["GET /"] = new(Viewer),
        ["GET /not-found"] = new(Viewer),
        ["GET /experiments"] = new(Viewer),
        ["GET /experiments/new"] = new(Viewer),
        ["GET /experiments/{Id:guid}"] = new(Viewer),
        ["GET /experiments/{Id:guid}/trend"] = new(Viewer),
        ["GET /runs/{Id:guid}"] = new(Viewer),
        ["GET /history"] = new(Viewer),
        ["GET /compare"] = new(Viewer),
        ["GET /import"] = new(Editor),
        ["GET /runner"] = new(Viewer),
        ["GET /settings"] = new(Viewer),
        ["GET /mentions"] = new(Viewer),
        ["GET /open/{token}"] = new(Everybody),

        // Signing in, and what comes before it.
        ["GET /account/sign-in"] = new(Everybody),
        ["POST /account/sign-in"] = new(Everybody),
        ["GET /account/sign-in/code"] = new(Everybody),
        ["POST /account/sign-in/code"] = new(Everybody),
        ["POST /account/sign-in/recovery"] = new(Everybody),
        ["POST /account/sign-in/passkey/options"] = new(Everybody),
        ["POST /account/sign-in/passkey"] = new(Everybody),
        ["POST /account/sign-in/provider"] = new(Everybody),
        ["GET /account/sign-in/provider/done"] = new(Everybody),
        ["GET /account/sign-out/provider"] = new(Everybody),
        ["GET /account/forgot"] = new(Everybody),
        ["POST /account/forgot"] = new(Everybody),
        ["GET /account/reset"] = new(Everybody),
        ["POST /account/reset"] = new(Everybody),
        ["GET /account/invitation/{token}"] = new(Everybody),
        ["POST /account/invitation/{token}"] = new(Everybody),

        // One's own account, with a cookie.
        ["GET /account"] = OfPerson,
        ["POST /account/profile"] = OfPerson,
        ["POST /account/password"] = OfPerson,
        ["POST /account/sessions/end"] = OfPerson,
        ["POST /account/workspace"] = OfPerson,
        ["POST /account/workspaces"] = OfPerson,
        ["POST /account/sign-out"] = OfPerson,
        ["POST /account/provider"] = OfPerson,
        ["POST /account/provider/remove"] = OfPerson,
        ["POST /account/passkeys/options"] = OfPerson,
        ["POST /account/passkeys"] = OfPerson,
        ["POST /account/passkeys/remove"] = OfPerson,
        ["POST /account/totp/start"] = OfPerson,
        ["GET /account/totp"] = OfPerson,
        ["POST /account/totp"] = OfPerson,
        ["POST /account/totp/off"] = OfPerson,
        ["POST /account/recovery-codes"] = OfPerson,
        ["POST /api/v1/accounts/{userId:guid}/reset-link"] = new(Owner) { IsOfWorkspace = true },
        ["POST /api/v1/accounts/{userId:guid}/disable"] = new(Owner) { IsOfWorkspace = true },
        ["POST /api/v1/accounts/{userId:guid}/enable"] = new(Owner) { IsOfWorkspace = true },

        // What a share link shows, to whoever has it.
        ["GET /shared/{token}"] = new(Everybody) { IsOfShare = true },
        ["POST /shared/{token}"] = new(Everybody),
        ["GET /shared/{token}/embed"] = new(Everybody) { IsOfShare = true },
        ["GET /shared/{token}/badge.svg"] = new(Everybody) { IsOfShare = true },

        // REST.
        ["GET /api/v1/secrets"] = new(Editor),
        ["PUT /api/v1/secrets/{name}"] = new(Admin) { Body = """{ "value": "a value to keep" }""" },
        ["DELETE /api/v1/secrets/{name}"] = new(Admin),
        ["GET /api/v1/settings/network"] = new(Viewer),
        ["PUT /api/v1/settings/network"] = new(Admin) { Body = """{ "allowed": [] }""" },
        ["GET /api/v1/experiments"] = new(Viewer),
        ["POST /api/v1/experiments"] = new(Editor) { Body = Spec("new") },
        ["GET /api/v1/experiments/{id:guid}"] = new(Viewer) { IsOfWorkspace = true },
        ["PUT /api/v1/experiments/{id:guid}"] = new(Editor) { IsOfWorkspace = true, Body = $$"""{ "version": 1, "spec": {{Spec("changed")}} }""" },
        ["DELETE /api/v1/experiments/{id:guid}"] = new(Editor) { IsOfWorkspace = true },
        ["GET /api/v1/experiments/{id:guid}/trend"] = new(Viewer) { IsOfWorkspace = true },
        ["GET /api/v1/experiments/{id:guid}/annotations"] = new(Viewer) { IsOfWorkspace = true },
        ["POST /api/v1/experiments/{id:guid}/annotations"] = new(Editor) { IsOfWorkspace = true, Body = """{ "text": "x" }""" },
        ["DELETE /api/v1/experiments/{id:guid}/annotations/{annotationId:guid}"] = new(Editor) { IsOfWorkspace = true },
        ["GET /api/v1/experiments/{id:guid}/baselines"] = new(Viewer) { IsOfWorkspace = true },
        ["PUT /api/v1/experiments/{id:guid}/baselines"] = new(Editor) { IsOfWorkspace = true, Body = """{ "runId": "{run}" }""" },
        ["PUT /api/v1/experiments/{id:guid}/baselines/{**tag}"] = new(Editor) { IsOfWorkspace = true, Body = """{ "runId": "{run}" }""" },
        ["DELETE /api/v1/experiments/{id:guid}/baselines"] = new(Editor) { IsOfWorkspace = true },
        ["DELETE /api/v1/experiments/{id:guid}/baselines/{**tag}"] = new(Editor) { IsOfWorkspace = true },
        ["GET /api/v1/runs"] = new(Viewer),
        ["POST /api/v1/runs"] = new(Editor) { Body = """{ "experimentId": "{experiment}" }""", IsOfWorkspace = true },
        ["GET /api/v1/runs/{id:guid}"] = new(Viewer) { IsOfWorkspace = true },
        ["GET /api/v1/runs/{id:guid}/result"] = new(Viewer) { IsOfWorkspace = true },
        ["GET /api/v1/runs/{id:guid}/frames"] = new(Viewer) { IsOfWorkspace = true },
        ["GET /api/v1/runs/{id:guid}/events"] = new(Viewer) { IsOfWorkspace = true },
        ["GET /api/v1/runs/{id:guid}/crossover"] = new(Viewer) { IsOfWorkspace = true },
        ["GET /api/v1/runs/{id:guid}/comparison"] = new(Viewer) { IsOfWorkspace = true },
        ["GET /api/v1/runs/{id:guid}/export"] = new(Viewer) { IsOfWorkspace = true, Query = "as=json" },
        ["GET /api/v1/runs/{id:guid}/comments"] = new(Viewer) { IsOfWorkspace = true },
        ["POST /api/v1/runs/{id:guid}/comments"] = new(Editor) { IsOfWorkspace = true, Body = """{ "text": "x" }""" },
        ["PATCH /api/v1/runs/{id:guid}/comments/{commentId:guid}"] = new(Editor) { IsOfWorkspace = true, Body = """{ "text": "x" }""" },
        ["DELETE /api/v1/runs/{id:guid}/comments/{commentId:guid}"] = new(Editor) { IsOfWorkspace = true },
        ["PUT /api/v1/runs/{id:guid}/star"] = new(Viewer) { IsOfWorkspace = true },
        ["DELETE /api/v1/runs/{id:guid}/star"] = new(Viewer) { IsOfWorkspace = true },
        ["GET /api/v1/mentions"] = new(Viewer),
        ["POST /api/v1/mentions/read"] = new(Viewer),
        ["GET /api/v1/shares"] = new(Viewer),
        ["POST /api/v1/shares"] = new(Editor) { IsOfWorkspace = true, Body = """{ "runId": "{run}" }""" },
        ["DELETE /api/v1/shares/{id:guid}"] = new(Editor) { IsOfWorkspace = true },
        ["GET /api/v1/schedules"] = new(Viewer),
        ["POST /api/v1/schedules"] = new(Editor) { IsOfWorkspace = true, Body = """{ "experimentId": "{experiment}", "cron": "0 3 * * *" }""" },
        ["GET /api/v1/schedules/{id:guid}"] = new(Viewer) { IsOfWorkspace = true },
        ["PATCH /api/v1/schedules/{id:guid}"] = new(Editor) { IsOfWorkspace = true, Body = """{ "enabled": false }""" },
        ["DELETE /api/v1/schedules/{id:guid}"] = new(Editor) { IsOfWorkspace = true },
        ["POST /api/v1/runs/{id:guid}/cancel"] = new(Editor) { IsOfWorkspace = true },
        ["DELETE /api/v1/runs/{id:guid}"] = new(Editor) { IsOfWorkspace = true },
        ["GET /api/v1/comparisons"] = new(Viewer) { IsOfWorkspace = true, Query = "runs={run},{open}" },
        ["GET /api/v1/comparisons/export"] = new(Viewer) { IsOfWorkspace = true, Query = "runs={run},{open}&as=json" },
        ["GET /api/v1/changes"] = new(Viewer),
        ["GET /api/v1/changes/{id:guid}"] = new(Viewer) { IsOfWorkspace = true },
        ["PATCH /api/v1/changes/{id:guid}"] = new(Editor) { IsOfWorkspace = true, Body = """{ "state": "accepted" }""" },
        ["POST /api/v1/imports"] = new(Editor),
        ["GET /api/v1/keys/current"] = new(Viewer),
        ["GET /api/v1/keys"] = new(Admin),
        ["POST /api/v1/keys"] = new(Admin) { Body = """{ "name": "x", "scope": "read" }""" },
        ["GET /api/v1/keys/{id:guid}"] = new(Admin) { IsOfWorkspace = true },
        ["DELETE /api/v1/keys/{id:guid}"] = new(Admin) { IsOfWorkspace = true },
        ["GET /api/v1/webhooks"] = new(Admin),
        ["POST /api/v1/webhooks"] = new(Admin) { Body = """{ "name": "x", "target": "https://example.org/", "events": ["run.finished"] }""" },
        ["GET /api/v1/webhooks/{id:guid}"] = new(Admin) { IsOfWorkspace = true },
        ["PATCH /api/v1/webhooks/{id:guid}"] = new(Admin) { IsOfWorkspace = true, Body = """{ "name": "y" }""" },
        ["DELETE /api/v1/webhooks/{id:guid}"] = new(Admin) { IsOfWorkspace = true },
        ["POST /api/v1/webhooks/{id:guid}/test"] = new(Admin) { IsOfWorkspace = true },
        ["POST /api/v1/webhooks/{id:guid}/secret"] = new(Admin) { IsOfWorkspace = true },
        ["GET /api/v1/webhooks/{id:guid}/deliveries"] = new(Admin) { IsOfWorkspace = true },
        ["GET /api/v1/webhooks/{id:guid}/deliveries/{deliveryId:guid}"] = new(Admin) { IsOfWorkspace = true },
        ["POST /api/v1/webhooks/{id:guid}/deliveries/{deliveryId:guid}/replay"] = new(Admin) { IsOfWorkspace = true },
        ["GET /api/v1/kernels"] = new(Viewer),
        ["GET /api/v1/presets"] = new(Viewer),
        ["GET /api/v1/runners"] = new(Viewer),
        ["GET /api/v1/settings/retention"] = new(Viewer),
        ["GET /api/v1/settings/quotas"] = new(Viewer),
        ["PUT /api/v1/settings/quotas"] = new(Admin) { Body = "{}" },
        ["GET /api/v1/workspaces"] = new(Viewer),
        ["POST /api/v1/workspaces"] = new(Owner) { Body = """{ "name": "Another" }""" },
        ["PATCH /api/v1/workspaces/{id:guid}"] = new(Owner) { IsOfWorkspace = true, Body = """{ "name": "Default" }""" },
        ["DELETE /api/v1/workspaces/{id:guid}"] = new(Owner) { IsOfWorkspace = true, Query = "confirm=Default" },
        ["GET /api/v1/members"] = new(Viewer),
        ["PATCH /api/v1/members/{userId:guid}"] = new(Admin) { IsOfWorkspace = true, Body = """{ "role": "viewer" }""" },
        ["DELETE /api/v1/members/{userId:guid}"] = new(Admin) { IsOfWorkspace = true },
        ["GET /api/v1/invitations"] = new(Admin),
        ["POST /api/v1/invitations"] = new(Admin) { Body = """{ "role": "viewer", "email": "ada@example.org" }""" },
        ["DELETE /api/v1/invitations/{id:guid}"] = new(Admin) { IsOfWorkspace = true },
        ["GET /api/v1/audit"] = new(Admin),
        ["PUT /api/v1/settings/retention"] = new(Admin) { Body = "{}" },
        ["POST /api/v1/links"] = new(Owner),

        // For who operates the server.
        ["GET /health/live"] = new(Everybody),
        ["GET /health/ready"] = new(Everybody),
        ["GET /metrics"] = new(Viewer),

        // Documents.
        ["GET /openapi/{documentName}.json"] = new(Viewer),

        // Where programs watch runs.
        ["GET /hubs/runs/negotiate"] = new(Viewer),
        ["GET /hubs/runs"] = new(Viewer),

        // What the pages are made of.
        ["GET /live/{token}"] = new(Viewer),
        ["GET /_blazor/negotiate"] = new(Viewer),
        ["GET /_blazor"] = new(Viewer),
        ["GET /_blazor/disconnect"] = new(Viewer),
        ["GET /_blazor/initializers"] = new(Viewer),
        ["GET /_framework/opaque-redirect"] = new(Viewer),
        ["GET /{**path:file}"] = new(Viewer),
    };

    /// <summary>Files, which are the same for all: one permission for every route that begins so.</summary>
    public static IReadOnlyList<string> Files { get; } = ["/api/docs"];

    /// <summary>Files that the sign-in page is made of.</summary>
    public static IReadOnlyList<string> OpenFiles { get; } = ["app", "account", "favicon", "dist/theme", "dist/passkeys"];

    /// <summary>Methods of hubs, with their policy. Those of the runners' hub are for runners, and for the bearer of an owner's token, who starts runners.</summary>
    public static IReadOnlyDictionary<string, string> HubMethods { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RunnerHub.Register"] = AccessPolicies.Runner,
        ["RunnerHub.Deliver"] = AccessPolicies.Runner,
        ["RunnerHub.Committed"] = AccessPolicies.Runner,
        ["RunsHub.Follow"] = AccessPolicies.Viewer,
    };

    private static string Spec(string name) =>
        $$"""{ "name": "{{name}}", "workload": { "kernel": "cpu.primes" }, "matrix": { "strategy": ["sequential"], "workers": [1] } }""";
}

/// <param name="Least">The least role that may; null for everybody.</param>
internal sealed record Permission(WorkspaceRole? Least)
{
    /// <summary>Whether it is about something that belongs to a workspace: for the owner of another one it does not exist.</summary>
    public bool IsOfWorkspace { get; init; }

    /// <summary>Whether it is for the browser of a person, whatever their role: no token is good for it.</summary>
    public bool IsOfPerson { get; init; }

    /// <summary>Whether it shows what the link in its address is for.</summary>
    public bool IsOfShare { get; init; }

    /// <summary>A body that is good; <c>{run}</c> and the like stand for ids of the workspace.</summary>
    public string? Body { get; init; }

    public string? Query { get; init; }
}
