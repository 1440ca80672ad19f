using System.Security.Cryptography;
using System.Text;
using Brigade.Data.Startup;
using Brigade.Web.Hosting;

namespace Brigade.Web.Access;

/// <summary>
/// How this server's cookies are named and guarded. Browsers share cookies between the ports of a host: two servers on one machine must not sign each other out, and the nodes on one database
/// must know each other's.
/// </summary>
internal sealed class CookieNames
{
    // Browsers keep a cookie of this name from being set by another host, or without HTTPS.
    private const string SecurePrefix = "__Host-";

    private readonly string _suffix;
    private readonly bool _isSecure;

    private CookieNames(string database, bool isSecure)
    {
        _suffix = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(database)))[..8];
        _isSecure = isSecure;
    }

    public static CookieNames Of(IConfiguration configuration, DataDirectory data) =>
        new(StorageLocation.Of(configuration.GetConnectionString("Brigade"), data.Path).SharedName, PublicAddress.Of(configuration).IsSecure);

    public string Name(string name) => $"{name}-{_suffix}";

    /// <summary>A cookie that scripts cannot read, and where people come by HTTPS, nobody on the way either.</summary>
    public void Apply(CookieBuilder cookie, string name)
    {
        cookie.Name = _isSecure ? SecurePrefix + Name(name) : Name(name);
        cookie.Path = "/";
        Guard(cookie);
    }

    /// <summary>As <see cref="Apply"/>, for a cookie that has its own name and path.</summary>
    public void Guard(CookieBuilder cookie)
    {
        cookie.HttpOnly = true;
        cookie.SecurePolicy = _isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }
}
