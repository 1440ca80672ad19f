using System.Net;
using System.Net.Sockets;

namespace Brigade.EndToEnd.Tests;

/// <summary>A way to the server that can be cut: connections that exist break, new ones are refused until it is mended. A browser's own "offline" leaves web sockets alone.</summary>
internal sealed class CuttableProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _target;
    private readonly Task _accepting;
    private CancellationTokenSource _cut = new();

    private CuttableProxy(Uri target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public static CuttableProxy Start(Uri target) => new(target);

    /// <summary>Breaks what is open and refuses what comes.</summary>
    public Task CutAsync() => _cut.CancelAsync();

    public void Mend()
    {
        _cut.Dispose();
        _cut = new CancellationTokenSource();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _cut.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _cut.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                if (_cut.IsCancellationRequested)
                {
                    client.Dispose();
                }
                else
                {
                    _ = CarryAsync(client, _cut.Token);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient client, CancellationToken cut)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(_target.Host, _target.Port, cut);
                var (near, far) = (client.GetStream(), server.GetStream());
                await Task.WhenAny(near.CopyToAsync(far, cut), far.CopyToAsync(near, cut));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
            {
                // Cut, or one side left.
            }
        }
    }
}
