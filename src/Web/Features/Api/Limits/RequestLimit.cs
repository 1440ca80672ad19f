using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Brigade.Web.Access;
using Brigade.Web.Features.Quotas;

namespace Brigade.Web.Features.Api.Limits;

/// <summary>
/// Keeps one caller from taking the API from all others; pages are not counted. What is left is told with each answer, as the IETF's draft of the RateLimit header fields has it.
/// After authentication: the limit is each caller's own.
/// </summary>
internal sealed class RequestLimit(RequestDelegate next, CallerLimits limits, ApiCallQuota quota)
{
    private const string Policy = "requests";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(ApiSetup.Prefix, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        var name = context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? $"address:{context.Connection.RemoteIpAddress}";
        var caller = new Caller(name, limits.PerMinute);
        using var request = limits.TakeRequest(caller);
        Tell(context, caller);
        if (!request.IsAcquired)
        {
            await RefuseAsync(context, request, "One user or key may not ask that often.");
            return;
        }

        // Then what all members and keys of the workspace share, where it has a quota.
        var workspace = context.User.Scope().WorkspaceId;
        if (workspace != Guid.Empty && quota.Of(workspace) is { } perMinute)
        {
            using var share = limits.TakeRequest(new Caller($"workspace:{workspace}", perMinute));
            if (!share.IsAcquired)
            {
                await RefuseAsync(context, share, $"The members and keys of this workspace may together ask {perMinute} times a minute, by its quota; an admin can raise it in the settings.");
                return;
            }
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<LongAnswer>() is null)
        {
            await next(context);
            return;
        }

        using var stream = limits.TakeStream(name);
        await (stream.IsAcquired ? next(context) : RefuseAsync(context, stream, "One user or key may not have that many streams open."));
    }

    private void Tell(HttpContext context, Caller caller)
    {
        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{Policy}\";q={caller.PerMinute};w={CallerLimits.Window.TotalSeconds:0}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{Policy}\";r={limits.Left(caller)}");
    }

    private static Task RefuseAsync(HttpContext context, RateLimitLease lease, string why)
    {
        var seconds = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 5;
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return TypedResults.Problem(
            title: "Too many requests.",
            detail: string.Create(CultureInfo.InvariantCulture, $"{why} Try again in {seconds} s."),
            statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context);
    }
}
