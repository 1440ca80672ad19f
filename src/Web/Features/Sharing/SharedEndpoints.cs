using System.Text;
using Brigade.Analysis.Reports.Html;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Features.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Brigade.Web.Features.Sharing;

/// <summary>What the visitor of a share link gets. The token in the address is the only key: it is logged and traced nowhere, sent on to nobody, and found by no search engine.</summary>
internal static class SharedEndpoints
{
    /// <summary>Long enough to spare the server, short enough that a revoked link soon is one for everybody.</summary>
    private const string ForOthers = "public, max-age=60, must-revalidate";

    private static readonly PageHeaders Page = new(SharedPages.Policy + "; frame-ancestors 'none'", "no-referrer", IsForOtherSites: false);
    private static readonly PageHeaders Embed = new(SharedPages.EmbedPolicy + "; frame-ancestors *", "no-referrer", IsForOtherSites: true);
    private static readonly PageHeaders Picture = new("default-src 'none'; frame-ancestors *", "no-referrer", IsForOtherSites: true);

    public static void MapShared(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/shared/{token}").AllowAnonymous().ExcludeFromDescription().WithMetadata(new RequestSizeLimitAttribute(AccountForm.MostBytes));
        group.AddEndpointFilter(async (invocation, next) =>
        {
            invocation.HttpContext.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
            return await next(invocation);
        });
        group.MapGet("", PageAsync);
        group.MapPost("", UnlockAsync);
        group.MapGet("/embed", EmbedAsync);
        group.MapGet("/badge.svg", BadgeAsync);
    }

    private static async Task<IResult> PageAsync(string token, HttpContext context, ShareDirectory directory, SharedResult result, SharedPassword password)
    {
        if (await FindAsync(token, directory, context) is not { } share)
            return Gone(context);
        if (!password.IsOpen(context, share))
            return Ask(context, token);
        if (await result.StateAsync(share, "page", context.RequestAborted) is not { } state)
            return Gone(context);
        await directory.SeenAsync(share.Id, context.RequestAborted);
        if (await result.PageAsync(share, state, context.RequestAborted) is not { } page)
            return AccountForm.Say(context, "Nothing was measured yet", $"“{state.Runs[0].Name}” has no result so far. Come back later.", to: ShareToken.Path(token), toName: "Look again");
        return Answer(context, page, "text/html", state.Mark, Page, "private, no-cache");
    }

    private static async Task<IResult> UnlockAsync(string token, HttpContext context, ShareDirectory directory, SharedPassword password)
    {
        if (await FindAsync(token, directory, context) is not { } share)
            return Gone(context);
        if (!await AccountForm.IsReadableAsync(context.Request))
            return Ask(context, token, "Type the password into the form.", StatusCodes.Status400BadRequest);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return await password.TryAsync(context, share, token, form["password"].ToString()) switch
        {
            Attempt.Right => Results.LocalRedirect(ShareToken.Path(token)),
            Attempt.Wrong => Ask(context, token, "This is not the password.", StatusCodes.Status401Unauthorized),
            _ => Ask(context, token, $"That were too many tries. Wait {ShareDirectory.AttemptWindow.TotalMinutes:0} minutes.", StatusCodes.Status429TooManyRequests),
        };
    }

    private static async Task<IResult> EmbedAsync(string token, string? chart, HttpContext context, ShareDirectory directory, SharedResult result)
    {
        if (await OpenAsync(token, directory, context) is not { } share)
            return Missing(context);
        var names = share.Target.Kind == ShareKind.Comparison ? SharedPages.ComparisonChartNames : SharedPages.RunChartNames;
        var name = string.IsNullOrEmpty(chart) ? names[0] : chart;
        if (!names.Contains(name, StringComparer.Ordinal))
            return Text(context, $"There is no such chart. Use {string.Join(", ", names)}.", StatusCodes.Status400BadRequest);
        if (await result.StateAsync(share, "embed " + name, context.RequestAborted) is not { } state)
            return Missing(context);
        await directory.SeenAsync(share.Id, context.RequestAborted);
        return await result.ChartAsync(share, state, name, ShareToken.Path(token), context.RequestAborted) is { } page
            ? Answer(context, page, "text/html", state.Mark, Embed, ForOthers)
            : Text(context, "Nothing was measured yet.", StatusCodes.Status200OK);
    }

    private static async Task<IResult> BadgeAsync(string token, HttpContext context, ShareDirectory directory, SharedResult result)
    {
        if (await OpenAsync(token, directory, context) is not { } share || await result.StateAsync(share, "badge", context.RequestAborted) is not { } state)
            return Missing(context);
        await directory.SeenAsync(share.Id, context.RequestAborted);
        return Answer(context, await result.BadgeAsync(share, state, context.RequestAborted), "image/svg+xml", state.Mark, Picture, ForOthers);
    }

    private static async Task<OpenShare?> FindAsync(string token, ShareDirectory directory, HttpContext context) =>
        ShareToken.Hash(token) is { } hash ? await directory.FindAsync(hash, context.RequestAborted) : null;

    // Another page has nobody who could type a password, and must not show what has one.
    private static async Task<OpenShare?> OpenAsync(string token, ShareDirectory directory, HttpContext context) =>
        await FindAsync(token, directory, context) is { PasswordHash: null } share ? share : null;

    private static IResult Answer(HttpContext context, string text, string type, string mark, PageHeaders headers, string cache)
    {
        context.Features.Set(headers);
        context.Response.Headers.CacheControl = cache;
        return TypedResults.File(Encoding.UTF8.GetBytes(text), $"{type}; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{mark}\""));
    }

    private static IResult Ask(HttpContext context, string token, string? problem = null, int status = StatusCodes.Status401Unauthorized) =>
        AccountForm.Show<SharedPasswordPage>(context, new SharedPasswordModel(ShareToken.Path(token)), problem: problem, status: status);

    private static IResult Gone(HttpContext context) => AccountForm.Say(
        context, "This link is not good any more", "It was revoked, has expired, or is mistyped. Ask whoever sent it to you for another one.", StatusCodes.Status404NotFound, toName: "To Brigade");

    private static IResult Missing(HttpContext context) => Text(context, "There is nothing to see here: the link was revoked, has expired, is mistyped, or has a password.", StatusCodes.Status404NotFound);

    private static IResult Text(HttpContext context, string text, int status)
    {
        context.Features.Set(Picture);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(text, statusCode: status);
    }
}
