using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Brigade.Web.Hosting;

namespace Brigade.Web.Cluster.Nodes;

/// <summary>Where the other nodes of a cluster reach this one: the setting <c>Brigade:Cluster:Address</c>. Without it a server is alone on its database.</summary>
internal static class NodeAddress
{
    public const string Setting = "Brigade:Cluster:Address";
    public const string Variable = "Brigade__Cluster__Address";

    private const int DefaultPort = 11_111;

    /// <summary>Null for a server that is alone.</summary>
    /// <exception cref="StartException">The setting is no address of this machine, or there is no database that several can share.</exception>
    public static IPEndPoint? Of(IConfiguration configuration)
    {
        if (configuration[Setting]?.Trim() is not { Length: > 0 } text)
            return null;
        if (string.IsNullOrWhiteSpace(configuration.GetConnectionString("Brigade")))
            throw new StartException($"{Variable} is set, but several nodes need a PostgreSQL database that they share. Set ConnectionStrings__Brigade, or remove it.");
        return IPEndPoint.TryParse(text, out var endpoint) && !(endpoint.AddressFamily == AddressFamily.InterNetworkV6 && !text.StartsWith('[') && endpoint.Port == 0)
            ? new IPEndPoint(endpoint.Address, endpoint.Port == 0 ? DefaultPort : endpoint.Port)
            : Resolve(text);
    }

    private static IPEndPoint Resolve(string text)
    {
        var parts = text.Split(':');
        var port = DefaultPort;
        if (parts.Length > 2 || (parts.Length == 2 && !(int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= IPEndPoint.MaxPort)))
            throw Unusable(text, "it is no name or address with a port");
        try
        {
            var found = Dns.GetHostAddresses(parts[0]);
            return new IPEndPoint(found.FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? found[0], port);
        }
        catch (Exception problem) when (problem is SocketException or ArgumentException)
        {
            throw Unusable(text, problem.Message.TrimEnd('.'));
        }
    }

    private static StartException Unusable(string text, string why) =>
        new($"{Variable} is '{text}', and {why}. Write where the other nodes reach this one, for example 10.0.0.11:{DefaultPort}, on a network that only they are in.");
}
