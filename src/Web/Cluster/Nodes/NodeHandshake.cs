using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;

namespace Brigade.Web.Cluster.Nodes;

/// <summary>
/// Lets only nodes of this cluster talk to each other, which Orleans itself does not ask for: whoever connects gets a number that was never used, and has to send it back under the keys that only
/// servers on this database have. It does not hide what is said: the nodes' network is to be theirs alone.
/// </summary>
internal sealed class NodeHandshake(IDataProtectionProvider protection, ILogger<NodeHandshake> logger)
{
    private const int ChallengeLength = 32;
    private const int LongestProof = 4096;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IDataProtector _protector = protection.CreateProtector("Brigade.NodeHandshake");

    /// <summary>The side that was called.</summary>
    public ConnectionDelegate Accept(ConnectionDelegate next) => async connection =>
    {
        var challenge = RandomNumberGenerator.GetBytes(ChallengeLength);
        if (!await IsNodeAsync(connection, challenge))
        {
            logger.LogWarning("A connection from {From} to the port of the nodes is none of a node, and is refused", connection.RemoteEndPoint);
            connection.Abort();
            return;
        }

        await next(connection);
    };

    /// <summary>The side that calls.</summary>
    public ConnectionDelegate Connect(ConnectionDelegate next) => async connection =>
    {
        using var patience = new CancellationTokenSource(Patience);
        var proof = _protector.Protect(await ReadAsync(connection.Transport.Input, ChallengeLength, patience.Token));
        var message = new byte[sizeof(int) + proof.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, proof.Length);
        proof.CopyTo(message, sizeof(int));
        await connection.Transport.Output.WriteAsync(message, patience.Token);
        await next(connection);
    };

    private async Task<bool> IsNodeAsync(ConnectionContext connection, byte[] challenge)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await connection.Transport.Output.WriteAsync(challenge, patience.Token);
            var length = BinaryPrimitives.ReadInt32LittleEndian(await ReadAsync(connection.Transport.Input, sizeof(int), patience.Token));
            return length is > 0 and <= LongestProof
                && CryptographicOperations.FixedTimeEquals(_protector.Unprotect(await ReadAsync(connection.Transport.Input, length, patience.Token)), challenge);
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or OperationCanceledException or ConnectionAbortedException)
        {
            return false;
        }
    }

    private static async Task<byte[]> ReadAsync(PipeReader input, int length, CancellationToken cancellation)
    {
        var result = await input.ReadAtLeastAsync(length, cancellation);
        if (result.Buffer.Length < length)
            throw new IOException("The other side closed the connection.");
        var bytes = result.Buffer.Slice(0, length).ToArray();
        input.AdvanceTo(result.Buffer.GetPosition(length));
        return bytes;
    }
}
