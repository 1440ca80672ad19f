using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Brigade.Runner.Tests.Fakes;

/// <summary>Answers every request of every connection with the same bytes.</summary>
internal sealed class TinyServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _answer;
    private readonly Task _serving;
    private int _connections;

    public TinyServer(string answer)
    {
        _answer = Encoding.ASCII.GetBytes(answer);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url => $"http://{_listener.LocalEndpoint}/";

    /// <summary>The heads of all requests.</summary>
    public ConcurrentBag<string> Requests { get; } = [];

    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _connections);
                connections.Add(AnswerAsync(connection));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task AnswerAsync(TcpClient connection)
    {
        using (connection)
        {
            using var reader = new StreamReader(connection.GetStream());
            var request = new StringBuilder();
            try
            {
                while (await reader.ReadLineAsync() is { } line)
                {
                    request.AppendLine(line);
                    if (line.Length == 0)
                    {
                        Requests.Add(request.ToString());
                        request.Clear();
                        await connection.GetStream().WriteAsync(_answer);
                    }
                }
            }
            catch (IOException)
            {
                // The host went away, as hosts do when their trial is over.
            }
        }
    }
}
