using System.Buffers.Binary;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary><c>cpu.sha256</c>: hashes a buffer and the task's index; native code (OpenSSL), as in the other runtimes.</summary>
internal sealed class CpuSha256(KernelSettings settings) : IKernel
{
    private readonly byte[] _buffer = Pattern.Create(settings.Whole("bytes", Pattern.MaximumBytes), sizeof(long));

    public ulong Run(long index)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_buffer.Length - sizeof(long)), index);
        return Pattern.Hash(_buffer);
    }
}
