namespace Brigade.Web.Hosting;

/// <summary>Where the server listens: loopback only, until there are accounts.</summary>
internal static class ListenAddress
{
    public const string Default = "http://127.0.0.1:5080";

    /// <summary>The hosts to listen on, and the only ones that a request may be for: another name that leads here is somebody else's.</summary>
    public static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>The addresses that were asked for with <c>--urls</c> or <c>ASPNETCORE_URLS</c>, else <see cref="Default"/>.</summary>
    /// <exception cref="StartException">One of them is no HTTP address on loopback.</exception>
    public static string[] Of(IConfiguration configuration)
    {
        if (configuration.GetSection("Kestrel:Endpoints").Exists())
            throw new StartException("Endpoints in the section Kestrel are not supported: use --urls http://127.0.0.1:PORT.");
        var urls = configuration["urls"];
        string[] addresses = string.IsNullOrWhiteSpace(urls) ? [Default] : urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var address in addresses)
            Check(address);
        return addresses;
    }

    /// <summary>Whether nobody but the people at this machine reach the server: all addresses are of loopback.</summary>
    public static bool IsOwnMachine(IConfiguration configuration) => Of(configuration).All(address => Hosts.Contains(BindingAddress.Parse(address).Host, StringComparer.OrdinalIgnoreCase));

    private static void Check(string text)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(text);
        }
        catch (FormatException)
        {
            throw new StartException($"'{text}' is no address. Write it as {Default}.");
        }

        if (!string.Equals(address.Scheme, "http", StringComparison.OrdinalIgnoreCase))
            throw new StartException($"'{text}' is not supported yet: only http on loopback is, for example {Default}.");
        if (!Hosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase))
            throw new StartException($"Brigade listens on 127.0.0.1, [::1] or localhost only until there are accounts, and '{text}' is none of them. Use for example http://127.0.0.1:{address.Port}.");
    }
}
