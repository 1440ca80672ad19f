using System.Security.Claims;

namespace Brigade.Web.Access;

/// <summary>Names of schemes, policies and roles, and what a principal may do.</summary>
internal static class AccessPolicies
{
    /// <summary>Picks the bearer scheme where a request brings a bearer token, else the cookie.</summary>
    public const string EitherScheme = "either";

    public const string CookieScheme = "cookie";

    public const string BearerScheme = "bearer";

    /// <summary>The default and the fallback: pages, REST, the documents. Members only.</summary>
    public const string Member = "member";

    /// <summary>The runners' hub: runners, and scripts that start one.</summary>
    public const string Runner = "runner";

    public const string MemberRole = "member";

    public const string RunnerRole = "runner";

    private const string EmbeddedClaim = "embedded";

    public static ClaimsPrincipal MemberPrincipal(string scheme) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, "member"), new Claim(ClaimTypes.Role, MemberRole)], scheme));

    public static ClaimsPrincipal EmbeddedRunnerPrincipal() => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, "embedded runner"), new Claim(ClaimTypes.Role, RunnerRole), new Claim(EmbeddedClaim, "true")], BearerScheme));

    public static bool IsEmbeddedRunner(this ClaimsPrincipal principal) => principal.HasClaim(EmbeddedClaim, "true");
}
