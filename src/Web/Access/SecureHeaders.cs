using Scalar.AspNetCore;

namespace Brigade.Web.Access;

/// <summary>Headers that keep a page to itself.</summary>
internal sealed class SecureHeaders(RequestDelegate next)
{
    // MudBlazor and the charts set inline styles. Scripts come from this server only; the documentation page alone has an inline one, which says a word that is drawn for each answer.
    private const string Pages =
        "default-src 'self'; script-src 'self'{0}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        + "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private const string Features = "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

    private static readonly string Default = Pages.Replace("{0}", "", StringComparison.Ordinal);

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment: an error's answer begins with empty headers.
        context.Response.OnStarting(() =>
        {
            Set(context);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        var own = context.Features.Get<PageHeaders>();
        headers.ContentSecurityPolicy = own?.ContentSecurityPolicy
            ?? (context.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce ? Pages.Replace("{0}", $" 'nonce-{nonce}'", StringComparison.Ordinal) : Default);
        headers.XContentTypeOptions = "nosniff";

        // Others never learn an address of ours. With no-referrer our own forms would come from the origin "null", and be refused as a stranger's.
        headers["Referrer-Policy"] = own?.ReferrerPolicy ?? "same-origin";
        headers["Permissions-Policy"] = Features;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = own is { IsForOtherSites: true } ? "cross-origin" : "same-origin";
    }
}

/// <summary>For a request whose answer needs other headers than the pages have; set as a feature of the request. An error's answer does not get them.</summary>
/// <param name="IsForOtherSites">Whether pages of others may load it.</param>
internal sealed record PageHeaders(string ContentSecurityPolicy, string ReferrerPolicy, bool IsForOtherSites);
