using System.Net.WebSockets;

namespace Brigade.Web.Live;

/// <summary>
/// A WebSocket from the server to one open page, for what comes ten times a second. A call of a script costs the server an answer to each, and the dispatch of both; a message here costs one write,
/// of bytes that all viewers share. It may be absent: until the browser has connected, and where something between the two lets no WebSocket through.
/// </summary>
public sealed class ScreenSocket : IDisposable
{
    /// <summary>Messages that the browser has not acknowledged: a slow one gets fewer and larger ones.</summary>
    private const int MostOnTheirWay = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Action _forget;
    private readonly CancellationTokenSource _gone = new();
    private Connection? _connection;
    private bool _disposed;

    internal ScreenSocket(string path, Action forget) => (Path, _forget) = (path, forget);

    /// <summary>Where the browser connects, below the server's address.</summary>
    public string Path { get; }

    /// <summary>Whether a browser is connected.</summary>
    public bool IsConnected => Volatile.Read(ref _connection) is not null;

    /// <summary>The connection broke with something on its way: what was sent may be lost. Raised on any thread.</summary>
    public event EventHandler? Broken;

    /// <summary>Sends a text. Waits while too much is on its way; false where it is not certain to arrive. One call at a time.</summary>
    public async ValueTask<bool> TrySendAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellation)
    {
        if (Volatile.Read(ref _connection) is not { } connection)
            return false;
        try
        {
            if (!connection.TryEnter() && !await connection.EnterAsync(Patience, cancellation))
            {
                // A browser that takes nothing for so long: it may connect again.
                connection.Socket.Abort();
                return false;
            }

            // Not to be cancelled: half a message is none. A browser that is gone ends it by the lack of signs of life.
            await connection.Socket.SendAsync(utf8, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
        }

        _forget();
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <summary>Serves one connection of the browser until it ends; a later one takes its place.</summary>
    internal async Task ServeAsync(WebSocket socket, CancellationToken stopping)
    {
        using var connection = new Connection(socket, MostOnTheirWay);
        CancellationTokenSource ending;
        Connection? former;
        lock (_gate)
        {
            if (_disposed)
                return;
            (former, _connection) = (_connection, connection);
            ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, _gone.Token);
        }

        former?.Socket.Abort();
        using (ending)
            await connection.ReadAsync(ending.Token);
        bool isLost;
        lock (_gate)
        {
            // Of one that was replaced, too, the rest may be lost.
            isLost = connection.OnTheirWay > 0 && !_disposed;
            _connection = ReferenceEquals(_connection, connection) ? null : _connection;
        }

        if (isLost)
            Broken?.Invoke(this, EventArgs.Empty);
    }

    /// <param name="most">Messages that may be on their way.</param>
    private sealed class Connection(WebSocket socket, int most) : IDisposable
    {
        /// <summary>The browser acknowledges so many messages by one empty one; <c>feed.js</c> knows the number too.</summary>
        private const int AcknowledgedTogether = 8;

        private readonly SemaphoreSlim _room = new(most);

        public WebSocket Socket => socket;

        public int OnTheirWay => most - _room.CurrentCount;

        public bool TryEnter() => _room.Wait(0);

        public Task<bool> EnterAsync(TimeSpan patience, CancellationToken cancellation) => _room.WaitAsync(patience, cancellation);

        /// <summary>Takes acknowledgements until the browser closes, the connection breaks or the page is gone.</summary>
        public async Task ReadAsync(CancellationToken ending)
        {
            var nothing = new byte[16];
            try
            {
                while ((await socket.ReceiveAsync(nothing.AsMemory(), ending)).MessageType != WebSocketMessageType.Close)
                {
                    // One that says more than it got gets no more room for it.
                    if (OnTheirWay >= AcknowledgedTogether)
                        _room.Release(AcknowledgedTogether);
                }

                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ending);
            }
            catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or InvalidOperationException)
            {
                // It is over, however it ended.
            }
        }

        public void Dispose() => _room.Dispose();
    }
}
