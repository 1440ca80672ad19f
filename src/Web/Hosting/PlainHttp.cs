using System.Net;

namespace Brigade.Web.Hosting;

/// <summary>Where people come by HTTPS, plain HTTP is for this machine's own programs and for health checks: whoever gets round the proxy is refused.</summary>
internal sealed class PlainHttp(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsHttps || context.Connection.RemoteIpAddress is not { } from || IPAddress.IsLoopback(from)
            || context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase))
            return next(context);
        return TypedResults.Problem(
            title: "This needs HTTPS.", detail: $"Use the server's public address. Behind a proxy, the proxy has to say that it was HTTPS (X-Forwarded-Proto) and be named in {PublicAddress.ProxiesVariable}.",
            statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
    }
}
