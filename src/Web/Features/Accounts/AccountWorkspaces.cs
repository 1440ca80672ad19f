using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Workspaces;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Features.Accounts;

/// <summary>In which workspace a person works: that is in their cookie, so it takes an answer to a request to change it.</summary>
internal static class AccountWorkspaces
{
    public static void MapOwnWorkspaces(this RouteGroupBuilder own)
    {
        own.MapPost("/workspace", SwitchAsync);
        own.MapPost("/workspaces", CreateAsync);
    }

    private static async Task<IResult> SwitchAsync(HttpContext context, UserManager<User> users, BrigadeSignIn signIn, WorkspaceDirectory directory)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var user = await AccountEndpoints.MeAsync(context, users);
        if (!Guid.TryParse(form["workspace"], out var workspace) || !(await directory.OfUserAsync(user.Id, context.RequestAborted)).Any(membership => membership.WorkspaceId == workspace))
            return AccountForm.Say(context, "There is no such workspace", "You do not belong to a workspace of this kind, or it was deleted.", StatusCodes.Status404NotFound);
        return await GoAsync(users, signIn, user, workspace);
    }

    /// <summary>Makes a workspace and goes there.</summary>
    private static async Task<IResult> CreateAsync(HttpContext context, UserManager<User> users, BrigadeSignIn signIn, WorkspaceActions workspaces, IWorkspaceScope me)
    {
        if (!me.Can(WorkspaceRole.Owner))
            return AccountForm.Say(context, "This is not for your role", "It takes an owner of the workspace that you work in to make another one.", StatusCodes.Status403Forbidden);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var name = form["name"].ToString();
        if (!WorkspaceStore.IsName(name))
            return AccountForm.Say(context, "Choose another name", $"A workspace's name has 1 to {Workspace.LongestName} characters in one line.", StatusCodes.Status422UnprocessableEntity, "/settings", "To the settings");
        var user = await AccountEndpoints.MeAsync(context, users);
        return await GoAsync(users, signIn, user, (await workspaces.CreateAsync(name, user.Id, context.RequestAborted)).Id);
    }

    private static async Task<IResult> GoAsync(UserManager<User> users, BrigadeSignIn signIn, User user, Guid workspace)
    {
        user.LastWorkspaceId = workspace;
        await users.UpdateAsync(user);
        await signIn.RefreshSignInAsync(user);
        return Results.LocalRedirect("/");
    }
}
