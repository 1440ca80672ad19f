namespace Brigade.Runner.TrialHosts.DotNet.Channels;

/// <summary>
/// One end of a connection between processes that carries whole messages both ways. One thread at a time sends and one receives; the
/// two may be different threads. Bytes arrive as they were sent, each message once and in order.
/// </summary>
internal interface ILink : IDisposable
{
    /// <summary>The longest message, in bytes: head and body together.</summary>
    int MostBytes { get; }

    /// <summary>Sends a message of two parts, which arrive as one; blocks while there is no room. False where the other end is gone.</summary>
    /// <exception cref="TrialFailedException">It is longer than <see cref="MostBytes"/>.</exception>
    bool TrySend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body = default);

    /// <summary>Waits for the next message, which stays valid until the next call. False where the other end is gone and all that it sent has come.</summary>
    bool TryReceive(out ReadOnlySpan<byte> message);

    /// <summary>The other end is gone: ends every wait of this end. From any thread; the only call that may be made beside a dispose that comes later.</summary>
    void Close();
}
