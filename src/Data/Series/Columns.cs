using System.Buffers;
using System.Buffers.Binary;

namespace Brigade.Data.Series;

/// <summary>Writes columns of numbers so that a general compressor finds what repeats: differences as variable-length integers, doubles split into byte planes.</summary>
internal sealed class ColumnWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public void Count(int count) => Varint((ulong)count);

    public void Longs(IEnumerable<long> values)
    {
        long previous = 0;
        foreach (var value in values)
        {
            var difference = unchecked(value - previous);
            Varint((ulong)((difference << 1) ^ (difference >> 63)));
            previous = value;
        }
    }

    public void Doubles(ReadOnlySpan<double> values)
    {
        var planes = _buffer.GetSpan(values.Length * sizeof(double));
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, values[i]);
            for (var plane = 0; plane < sizeof(double); plane++)
                planes[(plane * values.Length) + i] = bytes[plane];
        }

        _buffer.Advance(values.Length * sizeof(double));
    }

    public void Bytes(ReadOnlySpan<byte> values) => _buffer.Write(values);

    private void Varint(ulong value)
    {
        var span = _buffer.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        _buffer.Advance(length);
    }
}

/// <summary>Reads what <see cref="ColumnWriter"/> wrote, in the same order.</summary>
internal sealed class ColumnReader(byte[] bytes)
{
    private int _position;

    public int Count()
    {
        var count = Varint();
        return count <= (ulong)bytes.Length ? (int)count : throw new InvalidOperationException("The count is larger than the data.");
    }

    public long[] Longs(int count)
    {
        // Each takes a byte at least: damaged counts must not ask for memory that nothing fills.
        if (count > bytes.Length - _position)
            throw new InvalidOperationException("The count is larger than the data.");
        var values = new long[count];
        long previous = 0;
        for (var i = 0; i < count; i++)
        {
            var zigzag = Varint();
            previous = unchecked(previous + ((long)(zigzag >> 1) ^ -(long)(zigzag & 1)));
            values[i] = previous;
        }

        return values;
    }

    public double[] Doubles(int count)
    {
        var planes = Take(checked(count * sizeof(double)));
        var values = new double[count];
        Span<byte> one = stackalloc byte[sizeof(double)];
        for (var i = 0; i < count; i++)
        {
            for (var plane = 0; plane < sizeof(double); plane++)
                one[plane] = planes[(plane * count) + i];
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(one);
        }

        return values;
    }

    public byte[] Bytes(int count) => Take(count).ToArray();

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = bytes.AsSpan(_position, count);
        _position += count;
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = bytes[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new InvalidOperationException("A number is longer than 64 bits.");
    }
}
