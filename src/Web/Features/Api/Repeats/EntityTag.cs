using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Brigade.Web.Features.Api.Repeats;

/// <summary>Versions of what is stored, as <c>ETag</c>, <c>If-Match</c> and <c>If-None-Match</c> (RFC 9110): nobody overwrites what they have not seen.</summary>
internal static class EntityTag
{
    public static EntityTagHeaderValue Of(int version) => new(string.Create(CultureInfo.InvariantCulture, $"\"{version}\""));

    /// <summary>Tells the version with the answer.</summary>
    public static void Tell(HttpContext http, int version) => http.Response.GetTypedHeaders().ETag = Of(version);

    /// <summary>Tells the version with the answer; whoever has it already gets 304 and no body.</summary>
    public static IResult Answer<T>(HttpContext http, int version, T value)
    {
        Tell(http, version);
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(Of(version), useStrongComparison: false))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(value);
    }

    /// <summary>Whether the request says which version it changes.</summary>
    public static bool HasCondition(HttpRequest request) => request.Headers.ContainsKey(HeaderNames.IfMatch);

    /// <summary>Whether the condition of a change holds; it does where there is none.</summary>
    public static bool Holds(HttpRequest request, int version) =>
        !HasCondition(request) || request.GetTypedHeaders().IfMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(Of(version), useStrongComparison: true));

    /// <summary>412: it has changed meanwhile.</summary>
    public static IResult Failed(string what) => TypedResults.Problem(
        title: $"The {what} has changed meanwhile.", detail: "It is not as If-Match says any more. Read it again, and repeat the change.", statusCode: StatusCodes.Status412PreconditionFailed);
}
