using System.Text;
using Brigade.Data.Entities;
using Brigade.Web.Access.Sessions;
using Brigade.Web.Features.Accounts.Mail;
using Brigade.Web.Features.Accounts.Pages;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace Brigade.Web.Features.Accounts;

/// <param name="Token">As it stands in the link.</param>
public sealed record ResetModel(string User, string Token);

/// <summary>A new password for whoever forgot theirs: by mail, or by a link that an owner makes.</summary>
internal static class ResetEndpoints
{
    public static void MapReset(this RouteGroupBuilder open)
    {
        open.MapGet("/forgot", (HttpContext context, IMailQueue mail) => AccountForm.Show<ForgotPage>(context, new ForgotModel(mail.IsConfigured)));
        open.MapPost("/forgot", AskAsync);
        open.MapGet("/reset", (HttpContext context, string? user, string? token) => AccountForm.Show<ResetPage>(context, new ResetModel(user ?? "", token ?? "")));
        open.MapPost("/reset", ResetAsync);
    }

    /// <summary>Path of a link that sets a new password, once, within two hours.</summary>
    public static async Task<string> LinkAsync(UserManager<User> users, User user)
    {
        var token = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(await users.GeneratePasswordResetTokenAsync(user)));
        return $"/account/reset?user={user.Id}&token={token}";
    }

    private static async Task<IResult> AskAsync(HttpContext context, UserManager<User> users, IMailQueue mail)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (mail.IsConfigured && await users.FindByEmailAsync(form["email"].ToString().Trim()) is { Disabled: false, Email: { } address } user)
        {
            var link = $"{context.Request.Scheme}://{context.Request.Host}{await LinkAsync(users, user)}";
            mail.Send(new Letter(address, "A new password for Brigade",
                $"Hello {user.DisplayName},\n\nsomebody, probably you, asked for a new password for your account of Brigade. This link sets one, once, within two hours:\n\n{link}\n\nIf it was not you, do nothing: your password stays as it is.\n"));
        }

        return AccountForm.Say(context, "Look into your mail", "If there is an account with this address, a link to set a new password is on its way. It works for two hours.", to: "/account/sign-in", toName: "To the sign-in");
    }

    private static async Task<IResult> ResetAsync(HttpContext context, UserManager<User> users, ISessions sessions, AccountAudit audit)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var model = new ResetModel(form["user"].ToString(), form["token"].ToString());
        var (user, token) = (Guid.TryParse(model.User, out var id) ? await users.FindByIdAsync(id.ToString()) : null, Decode(model.Token));
        if (user is null || user.Disabled || token is null)
            return Old(context, model);
        var result = await users.ResetPasswordAsync(user, token, form["password"].ToString());
        if (result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.InvalidToken)))
            return Old(context, model);
        if (!result.Succeeded)
            return AccountForm.Show<ResetPage>(context, model, problem: AccountEndpoints.Words(result), status: StatusCodes.Status422UnprocessableEntity);
        await users.SetLockoutEndDateAsync(user, null);
        await users.ResetAccessFailedCountAsync(user);
        sessions.End(user.Id);
        await audit.NoteAsync(user, "account.password-reset", "by a link");
        return AccountForm.Say(context, "Your password is set", "All sessions of your account have ended. Sign in with the new password.", to: "/account/sign-in", toName: "Sign in");
    }

    private static IResult Old(HttpContext context, ResetModel model) => AccountForm.Show<ResetPage>(
        context, model, problem: "This link was used, is older than two hours, or is incomplete. Ask for another one.", status: StatusCodes.Status422UnprocessableEntity);

    private static string? Decode(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(token));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <param name="HasMail">Whether this server sends mail.</param>
public sealed record ForgotModel(bool HasMail);
