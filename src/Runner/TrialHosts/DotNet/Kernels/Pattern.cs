using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>The bytes that <c>cpu.sha256</c> and <c>io.file</c> work on: byte i is i modulo 251.</summary>
internal static class Pattern
{
    /// <summary>The most bytes that a buffer has.</summary>
    public const int MaximumBytes = 1_073_741_824;

    /// <summary>The pattern, followed by some zero bytes.</summary>
    public static byte[] Create(int bytes, int followedBy = 0)
    {
        var buffer = new byte[bytes + followedBy];
        for (var index = 0; index < bytes; index++)
        {
            buffer[index] = (byte)(index % 251);
        }

        return buffer;
    }

    /// <summary>The first 8 bytes, big-endian, of the SHA-256.</summary>
    public static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
