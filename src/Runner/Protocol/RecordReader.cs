using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Brigade.Runner.Protocol;

/// <summary>
/// Reads the records of a trial host from a stream and checks their bounds and their order. What it gives is a view on its own
/// buffer, valid until the next <see cref="ReadAsync"/>: a batch of task records is read without a copy. Not thread-safe.
/// </summary>
public sealed class RecordReader(Stream stream)
{
    /// <summary>The greatest value of a record's length field: type and payload together.</summary>
    public const int MaximumLength = 4 * 1024 * 1024;

    private byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;
    private int _payload;
    private int _payloadLength;
    private RecordType? _last;
    private bool _finished;

    /// <summary>The type of the current record.</summary>
    public RecordType Type { get; private set; }

    /// <summary>The bytes of the current record after its type.</summary>
    public ReadOnlySpan<byte> Payload => _buffer.AsSpan(_payload, _payloadLength);

    /// <summary>The task records of a <see cref="RecordType.Tasks"/> record: at least one.</summary>
    public ReadOnlySpan<TaskRecord> Tasks => Type == RecordType.Tasks
        ? MemoryMarshal.Cast<byte, TaskRecord>(Payload)
        : throw new InvalidOperationException($"A record of type {Type} has no task records.");

    /// <summary>The payload of a record with JSON, for example <c>Json(ProtocolJson.Default.ReadyPayload)</c>.</summary>
    /// <exception cref="ProtocolException">It does not parse.</exception>
    public T Json<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Payload, type) ?? throw new ProtocolException($"The payload of a `{Name(Type)}` record is null.");
        }
        catch (JsonException exception)
        {
            throw new ProtocolException($"The payload of a `{Name(Type)}` record does not parse: {exception.Message}", exception);
        }
    }

    /// <summary>Goes to the next record; false at the end of the output, between two records.</summary>
    /// <exception cref="ProtocolException">Its type, length or place is wrong, or the output ends within it.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (!await FillAsync(4, cancellationToken))
        {
            return _start == _end ? false : throw new ProtocolException($"The output ends within a record: {_end - _start} of the 4 bytes of its length came.");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_start));
        if (length is 0 or > MaximumLength)
        {
            throw new ProtocolException($"A record's length is {length}; it has to be 1 to {MaximumLength}. Does the host write something else to its standard output?");
        }

        if (!await FillAsync(4 + (int)length, cancellationToken))
        {
            throw new ProtocolException($"The output ends within a record: {_end - _start - 4} of its {length} bytes came.");
        }

        Type = (RecordType)_buffer[_start + 4];
        _payload = _start + RecordWriter.HeaderBytes;
        _payloadLength = (int)length - 1;
        _start += 4 + (int)length;
        Check();
        return true;
    }

    /// <summary>Has at least so many unread bytes in the buffer; false where the output ends before.</summary>
    private async ValueTask<bool> FillAsync(int bytes, CancellationToken cancellationToken)
    {
        if (_end - _start >= bytes)
        {
            return true;
        }

        MakeRoom(bytes);
        while (_end - _start < bytes)
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }

    private void MakeRoom(int bytes)
    {
        var unread = _buffer.AsSpan(_start, _end - _start);
        if (_buffer.Length < bytes)
        {
            // The length field is not trusted with memory before its bytes come: at most 4 MiB, once.
            var larger = new byte[Math.Max(bytes, Math.Min(_buffer.Length * 4, MaximumLength + 4))];
            unread.CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            unread.CopyTo(_buffer);
        }

        _end -= _start;
        _start = 0;
    }

    private void Check()
    {
        if (Type is < RecordType.Hello or > RecordType.Worker)
        {
            throw new ProtocolException($"A record has the unknown type {(byte)Type}; 1 to 8 are known.");
        }

        if (_finished)
        {
            throw new ProtocolException($"A `{Name(Type)}` record came after the last record.");
        }

        var isInPlace = Type switch
        {
            RecordType.Hello => _last is null,
            RecordType.Ready => _last is RecordType.Hello,
            RecordType.Measuring => _last is RecordType.Ready,
            RecordType.Failed => _last is not null,
            RecordType.Worker => _last is RecordType.Ready or RecordType.Measuring,
            _ => _last is RecordType.Measuring,
        };
        if (!isInPlace)
        {
            throw new ProtocolException($"A `{Name(Type)}` record came {(_last is { } last ? $"after `{Name(last)}`" : "first")}, where it does not belong.");
        }

        if (Type == RecordType.Tasks && (_payloadLength == 0 || _payloadLength % TaskRecord.SizeInBytes != 0))
        {
            throw new ProtocolException($"A `tasks` record has {_payloadLength} bytes; it has to be a multiple of {TaskRecord.SizeInBytes}, at least one.");
        }

        _finished = Type is RecordType.Done or RecordType.Failed;
        if (Type is not (RecordType.Tasks or RecordType.Error or RecordType.Worker))
        {
            _last = Type;
        }
    }

    private static string Name(RecordType type) => type.ToString().ToLowerInvariant();
}
