using System.Text;

namespace Brigade.Runner.Trials;

/// <summary>Keeps the first and the last bytes of a stream of any length. Safe to read while it is written.</summary>
internal sealed class HeadAndTail(int capacity)
{
    private readonly Lock _lock = new();
    private readonly byte[] _head = new byte[capacity / 2];
    private readonly byte[] _tail = new byte[capacity / 2];
    private long _written;

    /// <summary>Bytes that came, those that were not kept included.</summary>
    public long Written
    {
        get
        {
            lock (_lock)
            {
                return _written;
            }
        }
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_written < _head.Length)
            {
                var first = bytes[..(int)Math.Min(bytes.Length, _head.Length - _written)];
                first.CopyTo(_head.AsSpan((int)_written));
                _written += first.Length;
                bytes = bytes[first.Length..];
            }

            _written += Math.Max(0, bytes.Length - _tail.Length);
            bytes = bytes[Math.Max(0, bytes.Length - _tail.Length)..];
            while (!bytes.IsEmpty)
            {
                var at = (int)((_written - _head.Length) % _tail.Length);
                var part = bytes[..Math.Min(bytes.Length, _tail.Length - at)];
                part.CopyTo(_tail.AsSpan(at));
                _written += part.Length;
                bytes = bytes[part.Length..];
            }
        }
    }

    /// <summary>The text, with a note in the middle of what was left out.</summary>
    public override string ToString()
    {
        lock (_lock)
        {
            if (_written <= _head.Length)
            {
                return Encoding.UTF8.GetString(_head, 0, (int)_written);
            }

            var after = _written - _head.Length;
            var head = Encoding.UTF8.GetString(_head);
            if (after <= _tail.Length)
            {
                return head + Encoding.UTF8.GetString(_tail, 0, (int)after);
            }

            var at = (int)(after % _tail.Length);
            byte[] tail = [.. _tail.AsSpan(at), .. _tail.AsSpan(0, at)];
            return $"{head}\n[... {after - _tail.Length} bytes left out ...]\n{Encoding.UTF8.GetString(tail)}";
        }
    }

    /// <summary>The last line that is not blank, cut to a length that fits a message; empty where there is none.</summary>
    public string LastLine()
    {
        const int Longest = 300;
        var line = ToString().Split('\n').LastOrDefault(text => !string.IsNullOrWhiteSpace(text))?.Trim() ?? "";
        return new string([.. (line.Length <= Longest ? line : line[..Longest] + "…").Where(character => !char.IsControl(character))]);
    }
}
