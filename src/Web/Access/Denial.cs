namespace Brigade.Web.Access;

/// <summary>What a request gets that may not be served: a problem for programs, a plain page for people. Never a redirect.</summary>
internal static class Denial
{
    private static readonly string[] ProgramPaths = ["/api", "/hubs", "/openapi", "/_blazor", "/health", "/metrics"];

    public static bool IsForProgram(HttpRequest request) =>
        (Array.Exists(ProgramPaths, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)) && !request.Path.StartsWithSegments("/api/docs", StringComparison.OrdinalIgnoreCase))
        || BearerHandler.IsAttempt(request);

    public static Task WriteAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        if (IsForProgram(context.Request))
        {
            return status == StatusCodes.Status401Unauthorized
                ? Problem(context, "Authentication is needed.", $"Send the header 'Authorization: Bearer …' with an API key of the page Settings, Keys, or with the token that the server was started with ({AccessTokens.Variable}).")
                : Problem(context, "This is not allowed.", "It needs another role in the workspace, or a key of another scope. A runner's token is good for the runners' hub only.");
        }

        if (status == StatusCodes.Status403Forbidden && context.User.FindFirst(AccessPolicies.WorkspaceClaim) is null)
        {
            return PageAsync(context, "You belong to no workspace", "You are signed in, but you belong to no workspace of this Brigade any more, or not yet.",
                "Ask an admin of a workspace for an invitation and open its link in this browser. <a href=\"/account\">Your account</a> is there as before.");
        }

        if (status == StatusCodes.Status403Forbidden)
        {
            return PageAsync(context, "This is not for your role", "You are signed in, but your role in this workspace does not include this page.",
                "Ask an admin of the workspace, or go back to <a href=\"/\">the overview</a>.");
        }

        return PageAsync(context, "Brigade is private", "This browser has not been let in yet.",
            "Open the link that Brigade printed in its terminal when it started (<code>Brigade is ready. Open http://…</code>). It works once, for one browser. "
            + "Was it used already? Make another one in a browser that is in, or start Brigade again. "
            + "If you came here by a link from another site, <a href=\"\">try again</a>.");
    }

    /// <summary>For a link that is used or too old.</summary>
    public static Task UsedLinkAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return PageAsync(context, "This link is not good any more", "A link works once, within 24 hours.",
            "Make another one in a browser that is in, or start Brigade again and open the link that it prints.");
    }

    private static Task Problem(HttpContext context, string title, string detail) =>
        TypedResults.Problem(title: title, detail: detail, statusCode: context.Response.StatusCode).ExecuteAsync(context);

    private static Task PageAsync(HttpContext context, string title, string lead, string help)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync($$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{{title}}</title>
            <style>body { font: 1rem/1.6 "Segoe UI", Roboto, "Noto Sans", Ubuntu, "Liberation Sans", "DejaVu Sans", Arial, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1.5rem } h1 { font-size: 1.5rem; margin: 0 0 .5rem }</style>
            </head>
            <body>
            <main>
            <h1>{{title}}</h1>
            <p>{{lead}}</p>
            <p>{{help}}</p>
            </main>
            </body>
            </html>
            """);
    }
}
