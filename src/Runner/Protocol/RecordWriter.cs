using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Brigade.Runner.Protocol;

/// <summary>Writes records to a stream, each with one write. Safe to use from several threads.</summary>
public sealed class RecordWriter(Stream stream)
{
    /// <summary>The length field and the type.</summary>
    internal const int HeaderBytes = 5;

    private readonly Lock _lock = new();
    private byte[] _buffer = new byte[4096];

    /// <summary>Writes a record whose payload is JSON.</summary>
    public void Write<T>(RecordType type, T payload, JsonTypeInfo<T> json) => Write(type, JsonSerializer.SerializeToUtf8Bytes(payload, json));

    /// <summary>Writes one <see cref="RecordType.Tasks"/> record; nothing where there are none.</summary>
    public void WriteTasks(ReadOnlySpan<TaskRecord> tasks)
    {
        const int Most = (RecordReader.MaximumLength - 1) / TaskRecord.SizeInBytes;
        while (!tasks.IsEmpty)
        {
            var batch = tasks[..Math.Min(tasks.Length, Most)];
            Write(RecordType.Tasks, MemoryMarshal.AsBytes(batch));
            tasks = tasks[batch.Length..];
        }
    }

    /// <summary>Writes a record with a payload of at most <see cref="RecordReader.MaximumLength"/> - 1 bytes.</summary>
    public void Write(RecordType type, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(payload.Length, RecordReader.MaximumLength, nameof(payload));
        lock (_lock)
        {
            var size = HeaderBytes + payload.Length;
            if (_buffer.Length < size)
            {
                _buffer = new byte[Math.Max(size, _buffer.Length * 2)];
            }

            BinaryPrimitives.WriteUInt32LittleEndian(_buffer, (uint)(payload.Length + 1));
            _buffer[4] = (byte)type;
            payload.CopyTo(_buffer.AsSpan(HeaderBytes));
            stream.Write(_buffer, 0, size);
            stream.Flush();
        }
    }
}
