using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace Brigade.Web.Tests.Support;

/// <summary>The server's end of a WebSocket to a browser that the test plays.</summary>
internal sealed class FakeBrowserSocket : WebSocket
{
    private readonly Channel<string> _sent = Channel.CreateUnbounded<string>();
    private readonly Channel<WebSocketMessageType> _received = Channel.CreateUnbounded<WebSocketMessageType>();

    public bool IsAborted { get; private set; }

    public bool IsClosed { get; private set; }

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => WebSocketState.Open;

    public override string? SubProtocol => null;

    /// <summary>The next text that the server sent.</summary>
    public ValueTask<string> NextAsync() => _sent.Reader.ReadAsync();

    /// <summary>The browser says something, which the server takes as its acknowledgement.</summary>
    public void Acknowledge() => _received.Writer.TryWrite(WebSocketMessageType.Text);

    /// <summary>The browser closes the connection.</summary>
    public void Close() => _received.Writer.TryWrite(WebSocketMessageType.Close);

    /// <summary>The connection is cut.</summary>
    public void Break() => _received.Writer.TryComplete(new WebSocketException("cut"));

    public override void Abort()
    {
        IsAborted = true;
        Break();
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        IsClosed = true;
        return Task.CompletedTask;
    }

    public override void Dispose() => Break();

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return new WebSocketReceiveResult(0, await _received.Reader.ReadAsync(cancellationToken), endOfMessage: true);
        }
        catch (ChannelClosedException cut)
        {
            throw cut.InnerException!;
        }
    }

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        _sent.Writer.TryWrite(Encoding.UTF8.GetString(buffer));
        return Task.CompletedTask;
    }
}
