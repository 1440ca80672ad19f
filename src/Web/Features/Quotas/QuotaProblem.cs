using System.Globalization;
using Brigade.Data.Errors;

namespace Brigade.Web.Features.Quotas;

/// <summary>A quota that is used up, as problem details: 429 where time mends it, 409 where somebody has to do something.</summary>
internal static class QuotaProblem
{
    public static Task WriteAsync(HttpContext context, QuotaExceededException exceeded)
    {
        var status = exceeded.RetryAfter is null ? StatusCodes.Status409Conflict : StatusCodes.Status429TooManyRequests;
        context.Response.StatusCode = status;
        if (exceeded.RetryAfter is { } after)
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(
            title: "A quota of the workspace is used up.",
            detail: exceeded.Message,
            statusCode: status,
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["quota"] = exceeded.Quota, ["limit"] = exceeded.Limit, ["used"] = exceeded.Used }).ExecuteAsync(context);
    }
}
