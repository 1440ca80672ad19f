namespace Brigade.Web.Hosting;

/// <summary>Where the server listens: on loopback, or beyond it where the operator says so and nothing secret crosses the network in the clear.</summary>
internal static class ListenAddress
{
    public const string Default = "http://127.0.0.1:5080";

    private const string Certificate = "Kestrel__Certificates__Default__Path";

    /// <summary>The hosts on loopback. These and the public name are the only ones that a request may be for: another name that leads here is somebody else's.</summary>
    public static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];

    private static readonly string[] Wildcards = ["*", "+", "0.0.0.0", "[::]"];

    /// <summary>The addresses that were asked for with <c>--urls</c>, <c>ASPNETCORE_URLS</c> or <c>Brigade__Urls</c>, else <see cref="Default"/>; and one on loopback for the embedded runner where none of them is.</summary>
    /// <exception cref="StartException">One of them is no address, or is not safe to listen on.</exception>
    public static string[] Of(IConfiguration configuration)
    {
        if (configuration.GetSection("Kestrel:Endpoints").Exists())
            throw new StartException("Endpoints in the section Kestrel are not supported: use --urls http://127.0.0.1:PORT.");
        var reach = PublicAddress.Of(configuration);
        var urls = configuration["urls"] is { Length: > 0 } given ? given : configuration["Brigade:Urls"];
        string[] texts = string.IsNullOrWhiteSpace(urls) ? [Default] : urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var addresses = Array.ConvertAll(texts, Parse);
        foreach (var (text, address) in texts.Zip(addresses))
            Check(text, address, reach, configuration);
        return addresses.Any(IsForThisMachine) ? texts : [.. texts, "http://127.0.0.1:0"];
    }

    /// <summary>Whether nobody but the people at this machine reach the server: all addresses are of loopback, and no proxy leads others to them.</summary>
    public static bool IsOwnMachine(IConfiguration configuration) =>
        PublicAddress.Of(configuration).Url is null && Of(configuration).All(address => Hosts.Contains(BindingAddress.Parse(address).Host, StringComparer.OrdinalIgnoreCase));

    /// <summary>The address at which this machine reaches a server that listens on these.</summary>
    public static string Local(IEnumerable<string> bound)
    {
        var address = bound.Select(BindingAddress.Parse).First(IsForThisMachine);
        return $"http://{(IsWildcard(address) ? "127.0.0.1" : address.Host)}:{address.Port}";
    }

    private static BindingAddress Parse(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            if (address.Scheme.ToLowerInvariant() is "http" or "https" && !address.IsUnixPipe && !address.IsNamedPipe && address.PathBase.Length == 0)
                return address;
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw new StartException($"'{text}' is no address to listen on. Write it as {Default}.");
    }

    private static void Check(string text, BindingAddress address, PublicAddress reach, IConfiguration configuration)
    {
        if (IsHttps(address) && !configuration.GetSection("Kestrel:Certificates:Default").Exists())
            throw new StartException($"'{text}' needs a certificate. Set {Certificate} to its file (PFX, or PEM with Kestrel__Certificates__Default__KeyPath).");
        if (IsLoopback(address))
            return;
        if (reach.Url is null)
        {
            throw new StartException(
                $"'{text}' can be reached from other machines. If that is meant, set {PublicAddress.Variable} to how people reach this server, for example https://brigade.example.org. "
                + $"Use for example http://127.0.0.1:{address.Port} otherwise.");
        }

        if (!IsHttps(address) && reach.Proxies.Count == 0)
        {
            throw new StartException(
                $"'{text}' is plain HTTP, so that everybody in between could read passwords. Listen on https with a certificate ({Certificate}), or behind a proxy that does: name its address with "
                + $"{PublicAddress.ProxiesVariable}. Use for example http://127.0.0.1:{address.Port} otherwise.");
        }
    }

    private static bool IsHttps(BindingAddress address) => string.Equals(address.Scheme, "https", StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopback(BindingAddress address) => Hosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase);

    private static bool IsWildcard(BindingAddress address) => Wildcards.Contains(address.Host, StringComparer.Ordinal);

    // What the certificate says is for the public name: this machine's own programs come by plain HTTP.
    private static bool IsForThisMachine(BindingAddress address) => !IsHttps(address) && (IsLoopback(address) || IsWildcard(address));
}
