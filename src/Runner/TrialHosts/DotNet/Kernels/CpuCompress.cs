using System.IO.Compression;
using System.Text;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>
/// <c>cpu.compress</c>: compresses a text with zlib at level 6, decompresses it and hashes what came back. Native code (zlib-ng,
/// where Python has zlib: the compressed bytes differ, the text does not).
/// </summary>
internal sealed class CpuCompress : IKernel
{
    private const int MaximumBytes = 268_435_456;
    private const int BlockBytes = 65_536; // twice what zlib looks back: a repeated block is new to it

    private static readonly ZLibCompressionOptions Level = new() { CompressionLevel = 6 };

    private readonly byte[] _text;
    private readonly byte[] _read;
    private readonly MemoryStream _compressed = new();

    public CpuCompress(KernelSettings settings)
    {
        _text = CreateText(settings.Whole("bytes", MaximumBytes));
        _read = new byte[_text.Length];
    }

    public ulong Run(long index)
    {
        _compressed.SetLength(0);
        using (var compressor = new ZLibStream(_compressed, Level, leaveOpen: true))
        {
            compressor.Write(_text);
        }

        if (_text.Length >= 1024 && _compressed.Length >= _text.Length)
        {
            throw new InvalidDataException($"{_text.Length} bytes of text were compressed to {_compressed.Length}: not less.");
        }

        _compressed.Position = 0;
        using var decompressor = new ZLibStream(_compressed, CompressionMode.Decompress, leaveOpen: true);
        decompressor.ReadExactly(_read);
        return decompressor.ReadByte() < 0 ? Pattern.Hash(_read) : throw new InvalidDataException($"More came back than the {_text.Length} bytes that were compressed.");
    }

    /// <summary>Words of 3 to 8 letters out of 256, drawn by a linear congruential generator and separated by blanks; after 64 KiB it begins anew.</summary>
    private static byte[] CreateText(int bytes)
    {
        var words = new string[256];
        for (var number = 0; number < words.Length; number++)
        {
            words[number] = string.Create(3 + (number % 6), number, static (letters, word) =>
            {
                for (var place = 0; place < letters.Length; place++)
                {
                    letters[place] = (char)('a' + (((word * 7) + (place * 11)) % 26));
                }
            });
        }

        var block = new StringBuilder(BlockBytes + 16);
        for (var state = 1U; block.Length < BlockBytes; block.Append(words[state >> 24]).Append(' '))
        {
            state = unchecked((state * 1_664_525) + 1_013_904_223);
        }

        var pattern = Encoding.ASCII.GetBytes(block.ToString(0, BlockBytes));
        var text = new byte[bytes];
        for (var start = 0; start < bytes; start += BlockBytes)
        {
            pattern.AsSpan(0, Math.Min(BlockBytes, bytes - start)).CopyTo(text.AsSpan(start));
        }

        return text;
    }
}
