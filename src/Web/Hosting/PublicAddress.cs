using System.Net;
using System.Net.Sockets;

namespace Brigade.Web.Hosting;

/// <summary>How people on other machines reach this server: the operator's word that they may, and whom to believe about where a request came from.</summary>
internal sealed class PublicAddress
{
    public const string Setting = "Brigade:PublicUrl";
    public const string Variable = "Brigade__PublicUrl";
    public const string ProxiesSetting = "Brigade:TrustedProxies";
    public const string ProxiesVariable = "Brigade__TrustedProxies";

    private PublicAddress(Uri? url, IReadOnlyList<IPNetwork> proxies) => (Url, Proxies) = (url, proxies);

    /// <summary>Scheme, name and port; null where the server is for this machine only.</summary>
    public Uri? Url { get; }

    /// <summary>Proxies whose word on the sender and the scheme of a request counts, besides those on this machine.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; }

    /// <summary>Whether people come by HTTPS.</summary>
    public bool IsSecure => Url is { Scheme: "https" };

    /// <exception cref="StartException">The settings cannot be meant so.</exception>
    public static PublicAddress Of(IConfiguration configuration)
    {
        // It believes everybody's word on where a request came from.
        if (configuration.GetValue("ForwardedHeaders_Enabled", defaultValue: false))
            throw new StartException($"ASPNETCORE_FORWARDEDHEADERS_ENABLED is not supported, because it trusts every sender. Name your proxy with {ProxiesVariable} instead.");
        return new PublicAddress(ReadUrl(configuration[Setting]), ReadProxies(configuration[ProxiesSetting]));
    }

    private static Uri? ReadUrl(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.PathAndQuery != "/" || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            throw new StartException($"{Variable} is '{text}'. Write only how people reach this server, for example https://brigade.example.org.");
        if (url.Scheme == "http" && !url.IsLoopback)
            throw new StartException($"{Variable} is '{text}'. People on other machines need https, or everybody in between reads their passwords: write https://{url.Authority}.");
        return url;
    }

    private static List<IPNetwork> ReadProxies(string? text)
    {
        List<IPNetwork> proxies = [];
        foreach (var entry in (text ?? "").Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(entry, out var address))
                proxies.Add(new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128));
            else if (IPNetwork.TryParse(entry, out var network) && network.PrefixLength > 0)
                proxies.Add(network);
            else
                throw new StartException($"{ProxiesVariable} has '{entry}', which is no address and no network. Write for example 10.0.0.5 or 172.28.0.0/24; not all addresses there are.");
        }

        return proxies;
    }
}
