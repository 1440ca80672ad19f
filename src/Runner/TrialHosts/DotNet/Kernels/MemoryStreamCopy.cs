namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary><c>memory.stream</c>: copies one buffer to another from the first byte to the last, as STREAM's copy does: the memory's bandwidth.</summary>
internal sealed class MemoryStreamCopy : IKernel
{
    private const int MaximumMebibytes = 1_024;
    private const int WordsPerMebibyte = 1_048_576 / sizeof(ulong);
    private const int PatternWords = 8_192;
    private const int Samples = 16;

    private readonly ulong[] _source;
    private readonly ulong[] _target;

    public MemoryStreamCopy(KernelSettings settings)
    {
        var words = settings.Whole("mebibytes", MaximumMebibytes) * WordsPerMebibyte;
        _source = new ulong[words];
        _target = new ulong[words];
        for (var word = 0; word < words; word++)
        {
            _source[word] = unchecked((ulong)((word % PatternWords) + 1) * 0x9E3779B97F4A7C15UL);
        }
    }

    public ulong Run(long index)
    {
        var (source, target) = (_source, _target);
        if (source.Length == 0)
        {
            return 0;
        }

        source[0] = (ulong)index;
        source.AsSpan().CopyTo(target);

        var sum = target[0];
        var stride = target.Length / Samples;
        for (var sample = 1; sample < Samples; sample++)
        {
            sum = unchecked(sum + target[(sample * stride) + sample]);
        }

        return sum;
    }
}
