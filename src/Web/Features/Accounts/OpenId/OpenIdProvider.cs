using Brigade.Web.Hosting;

namespace Brigade.Web.Features.Accounts.OpenId;

/// <summary>The section <c>Brigade:OpenIdConnect</c>: who else says who somebody is. Without an authority nobody does.</summary>
internal sealed class OpenIdProvider
{
    public const string Section = "Brigade:OpenIdConnect";

    /// <summary>Name of the authentication scheme.</summary>
    public const string Scheme = "openid";

    public const string Callback = "/account/sign-in/provider/callback";
    public const string SignedOut = "/account/sign-out/provider/done";

    private const string Variable = "Brigade__OpenIdConnect__";

    private OpenIdProvider()
    {
    }

    /// <summary>What people call it; null where there is none.</summary>
    public string? Name { get; private init; }

    public string Authority { get; private init; } = "";

    public string ClientId { get; private init; } = "";

    /// <summary>Null for a client that proves itself by PKCE alone.</summary>
    public string? ClientSecret { get; private init; }

    /// <summary>Whether its documents come by HTTPS; not for one on this machine, which is for trying it out.</summary>
    public bool IsSecure { get; private init; }

    /// <exception cref="StartException">The section is incomplete, or not safe.</exception>
    public static OpenIdProvider Of(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var (authority, client) = (section["Authority"]?.Trim() ?? "", section["ClientId"]?.Trim() ?? "");
        if (authority.Length == 0 && client.Length == 0)
            return new OpenIdProvider();
        if (authority.Length == 0 || client.Length == 0)
            throw new StartException($"{Variable}Authority and {Variable}ClientId belong together, and one of them is missing.");
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new StartException($"{Variable}Authority is '{authority}'. Write the provider's address, below which /.well-known/openid-configuration is found.");
        if (address.Scheme == "http" && !address.IsLoopback)
            throw new StartException($"{Variable}Authority is '{authority}'. A provider that is asked over plain HTTP can be anybody: use https.");
        return new OpenIdProvider
        {
            Name = section["Name"] is { Length: > 0 } name ? name : address.Host,
            Authority = authority,
            ClientId = client,
            ClientSecret = section["ClientSecret"] is { Length: > 0 } secret ? secret : null,
            IsSecure = address.Scheme == "https",
        };
    }
}
