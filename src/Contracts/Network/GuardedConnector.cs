using System.Net;
using System.Net.Sockets;

namespace Brigade.Contracts.Network;

/// <summary>
/// Makes the connections of an HTTP client, to addresses that the rules allow: looks the name up once, judges each address, and connects to one that passed, not to the name, which might mean another one
/// a moment later. Give <see cref="ConnectAsync"/> to <see cref="SocketsHttpHandler.ConnectCallback"/>, and use no proxy: the callback would only see the proxy.
/// </summary>
/// <param name="rules">Asked at each connection.</param>
/// <param name="resolve">Looks a name up; the system's own way where absent.</param>
public sealed class GuardedConnector(Func<AddressRules> rules, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    /// <summary>A handler that follows no redirect and connects as the rules allow.</summary>
    public SocketsHttpHandler CreateHandler() => new() { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectCallback = ConnectAsync };

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="AddressRefusedException">No address of the host is allowed.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = Permitted(rules(), host, port, await LookUpAsync(host, cancellation));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses that may be connected to.</summary>
    /// <exception cref="AddressRefusedException">There is none.</exception>
    public static IPAddress[] Permitted(AddressRules rules, string host, int port, IPAddress[] addresses)
    {
        var judged = addresses.Select(address => (Address: address, Refusal: rules.Refusal(host, port, address))).ToList();
        return judged.Exists(one => one.Refusal is null) ? [.. judged.Where(one => one.Refusal is null).Select(one => one.Address)]
            : judged is [var (address, refusal), ..] ? throw new AddressRefusedException(AddressRules.Explain(host, address, refusal!))
            : throw new SocketException((int)SocketError.HostNotFound);
    }

    private Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellation) =>
        IPAddress.TryParse(host, out var address) ? Task.FromResult<IPAddress[]>([address]) : (resolve ?? Dns.GetHostAddressesAsync)(host, cancellation);
}
