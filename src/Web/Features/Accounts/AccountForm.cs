using Brigade.Web.Features.Accounts.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Brigade.Web.Features.Accounts;

/// <summary>What every page of accounts gets besides its own.</summary>
/// <param name="Token">Antiforgery token for the forms.</param>
/// <param name="ReturnTo">Path to go to afterwards.</param>
/// <param name="Problem">Why what was asked for was not done.</param>
/// <param name="Note">What was done.</param>
public sealed record AccountFrame(string Token, string ReturnTo = "/", string? Problem = null, string? Note = null);

/// <summary>Shows pages of accounts, and guards their forms.</summary>
internal static class AccountForm
{
    /// <summary>Far more than any of the forms has.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>A page rendered on the server, without a circuit.</summary>
    public static IResult Show<TPage>(HttpContext context, object? model = null, string returnTo = "/", string? problem = null, string? note = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        var token = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context).RequestToken ?? "";
        context.Response.Headers.CacheControl = "no-store";
        var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(AccountPage<object>.Frame)] = new AccountFrame(token, returnTo, problem, note) };
        if (model is not null)
            parameters[nameof(AccountPage<object>.Model)] = model;
        return new RazorComponentResult<TPage>(parameters) { StatusCode = status, PreventStreamingRendering = true };
    }

    /// <summary>A page with one thing to say.</summary>
    public static IResult Say(HttpContext context, string title, string text, int status = StatusCodes.Status200OK, string to = "/", string toName = "To the overview") =>
        Show<MessagePage>(context, new Message(title, text, to, toName), status: status);

    /// <summary>Refuses a form that this server did not give to this session.</summary>
    public static async ValueTask<object?> GuardAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (!HttpMethods.IsPost(context.Request.Method))
            return await next(invocation);
        if (!await IsReadableAsync(context.Request) || !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            return Say(context, "Please try again", "This form was opened in another session, or is too old. Nothing was changed.", StatusCodes.Status400BadRequest,
                ReturnAddress.Local(context.Request.Path == "/account/sign-in" ? "/" : "/account"), "Go on");
        }

        return await next(invocation);
    }

    /// <summary>Reads the form, once: a body that is none, or too large a one, is no fault of ours.</summary>
    public static async Task<bool> IsReadableAsync(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType && await request.ReadFormAsync(request.HttpContext.RequestAborted) is not null;
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException)
        {
            return false;
        }
    }
}
