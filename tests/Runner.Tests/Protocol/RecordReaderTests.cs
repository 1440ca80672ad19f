using System.Buffers.Binary;
using Brigade.Runner.Protocol;
using CsCheck;
using Xunit;

namespace Brigade.Runner.Tests.Protocol;

public sealed class RecordReaderTests
{
    private static readonly HelloPayload Hello = new(1, "dotnet", "10.0.0");

    [Fact]
    public async Task ReadAsync_AnyBatchesInAnyPieces_GivesTheSameTasks()
    {
        var task = Gen.Select(
            Gen.Int[0, ushort.MaxValue], Gen.Bool, Gen.Long, Gen.Long, Gen.Long, (worker, isError, intended, start, end) => new TaskRecord(worker, isError, intended, start, end));
        await task.Array[1, 300].List[0, 20].Select(Gen.Int[1, 5000]).SampleAsync(
            async (batches, piece) =>
            {
                var stream = Written(writer => batches.ForEach(batch => writer.WriteTasks(batch)));
                var reader = new RecordReader(new PieceStream(stream.ToArray(), piece));
                await ReadToMeasuringAsync(reader);
                foreach (var batch in batches)
                {
                    Assert.True(await reader.ReadAsync());
                    Assert.Equal(RecordType.Tasks, reader.Type);
                    Assert.Equal(batch, reader.Tasks.ToArray());
                }

                Assert.False(await reader.ReadAsync());
            },
            iter: 100);
    }

    [Fact]
    public async Task ReadAsync_JsonPayloads_GivesThemBack()
    {
        var stream = new MemoryStream();
        var writer = new RecordWriter(stream);
        writer.Write(RecordType.Hello, Hello, ProtocolJson.Default.HelloPayload);
        writer.Write(RecordType.Ready, new ReadyPayload(5, [new WorkerIdentity(0, 10, 11)]), ProtocolJson.Default.ReadyPayload);
        writer.Write(RecordType.Measuring, new MeasuringPayload(6), ProtocolJson.Default.MeasuringPayload);
        writer.Write(RecordType.Worker, new WorkerPayload(7, 6, 1, 12, 13, 3, "ended"), ProtocolJson.Default.WorkerPayload);
        writer.Write(RecordType.Error, new ErrorPayload(7, 1, "ValueError: é", "at x"), ProtocolJson.Default.ErrorPayload);
        writer.Write(RecordType.Done, new DonePayload(8, 200, 1, 3, "0123456789abcdef", 2, 3, ["slow"], 4, new Dictionary<string, double>(StringComparer.Ordinal) { ["lostUpdates"] = 1.5 }), ProtocolJson.Default.DonePayload);
        stream.Position = 0;
        var reader = new RecordReader(stream);

        Assert.True(await reader.ReadAsync());
        Assert.Equal(Hello, reader.Json(ProtocolJson.Default.HelloPayload));
        Assert.True(await reader.ReadAsync());
        var ready = reader.Json(ProtocolJson.Default.ReadyPayload);
        Assert.Equal((5L, new WorkerIdentity(0, 10, 11)), (ready.At, Assert.Single(ready.Workers)));
        Assert.True(await reader.ReadAsync());
        Assert.Equal(new MeasuringPayload(6), reader.Json(ProtocolJson.Default.MeasuringPayload));
        Assert.True(await reader.ReadAsync());
        Assert.Equal(new WorkerPayload(7, 6, 1, 12, 13, 3, "ended"), reader.Json(ProtocolJson.Default.WorkerPayload));
        Assert.True(await reader.ReadAsync());
        Assert.Equal(new ErrorPayload(7, 1, "ValueError: é", "at x"), reader.Json(ProtocolJson.Default.ErrorPayload));
        Assert.True(await reader.ReadAsync());
        var done = reader.Json(ProtocolJson.Default.DonePayload);
        Assert.Equal((8, 200, 1, "0123456789abcdef", "slow"), (done.At, done.Tasks, done.Errors, done.Checksum, Assert.Single(done.Warnings!)));
        Assert.Equal((3, 4, 1.5), (done.Lost, done.Dropped, done.Figures!["lostUpdates"]));
        Assert.False(await reader.ReadAsync());
    }

    [Fact]
    public async Task ReadAsync_LargestRecord_GivesIt()
    {
        var stream = Written(writer => writer.Write(RecordType.Error, new byte[RecordReader.MaximumLength - 1]));
        var reader = new RecordReader(stream);
        await ReadToMeasuringAsync(reader);

        Assert.True(await reader.ReadAsync());
        Assert.Equal(RecordReader.MaximumLength - 1, reader.Payload.Length);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 }, "length is 0")]
    [InlineData(new byte[] { 1, 0, 64, 0, 1 }, "length is 4194305")]
    [InlineData(new byte[] { 0x54, 0x72, 0x61, 0x63, 0x65, 0x62 }, "something else to its standard output")]
    [InlineData(new byte[] { 1, 0, 0, 0, 9 }, "unknown type 9")]
    [InlineData(new byte[] { 1, 0, 0, 0, 0 }, "unknown type 0")]
    [InlineData(new byte[] { 1, 0 }, "2 of the 4 bytes of its length")]
    [InlineData(new byte[] { 9, 0, 0, 0, 1, 65 }, "2 of its 9 bytes")]
    [InlineData(new byte[] { 1, 0, 0, 0, 4 }, "`tasks` record came first")]
    public async Task ReadAsync_BrokenOutput_SaysWhat(byte[] output, string expected)
    {
        var reader = new RecordReader(new MemoryStream(output));

        var exception = await Assert.ThrowsAsync<ProtocolException>(async () => await reader.ReadAsync());

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public async Task ReadAsync_TasksOfWrongLength_SaysSo(int bytes)
    {
        var reader = new RecordReader(Written(writer => writer.Write(RecordType.Tasks, new byte[bytes])));
        await ReadToMeasuringAsync(reader);

        var exception = await Assert.ThrowsAsync<ProtocolException>(async () => await reader.ReadAsync());

        Assert.Contains($"{bytes} bytes", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RecordType.Hello)]
    [InlineData(RecordType.Ready)]
    [InlineData(RecordType.Measuring)]
    public async Task ReadAsync_RecordOutOfOrder_SaysSo(RecordType type)
    {
        var reader = new RecordReader(Written(writer => writer.Write(type, "{}"u8)));
        await ReadToMeasuringAsync(reader);

        var exception = await Assert.ThrowsAsync<ProtocolException>(async () => await reader.ReadAsync());

        Assert.Contains("after `measuring`", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_RecordAfterDone_SaysSo()
    {
        var reader = new RecordReader(Written(writer =>
        {
            writer.Write(RecordType.Done, "{}"u8);
            writer.WriteTasks([new TaskRecord(0, isError: false, 0, 1, 2)]);
        }));
        await ReadToMeasuringAsync(reader);
        await reader.ReadAsync();

        var exception = await Assert.ThrowsAsync<ProtocolException>(async () => await reader.ReadAsync());

        Assert.Contains("after the last record", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_Garbage_GivesAnErrorOrEndsButNeverHangs()
    {
        await Gen.Byte.Array[0, 2000].SampleAsync(
            async bytes =>
            {
                var reader = new RecordReader(new MemoryStream(bytes));
                try
                {
                    while (await reader.ReadAsync())
                    {
                    }

                    return bytes.Length == 0 || bytes is [_, _, _, 0, 1, ..];
                }
                catch (ProtocolException)
                {
                    return true;
                }
            },
            iter: 1000);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task Json_BrokenPayload_NamesTheRecord(string json)
    {
        var stream = new MemoryStream();
        new RecordWriter(stream).Write(RecordType.Hello, System.Text.Encoding.UTF8.GetBytes(json));
        stream.Position = 0;
        var reader = new RecordReader(stream);
        await reader.ReadAsync();

        var exception = Assert.Throws<ProtocolException>(() => reader.Json(ProtocolJson.Default.HelloPayload));

        Assert.Contains("`hello`", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteTasks_OneTask_HasTheBytesOfTheProtocol()
    {
        var stream = new MemoryStream();
        new RecordWriter(stream).WriteTasks([new TaskRecord(258, isError: true, 1, 2, 3)]);

        var bytes = stream.ToArray();

        Assert.Equal(37, bytes.Length);
        Assert.Equal(33u, BinaryPrimitives.ReadUInt32LittleEndian(bytes));
        Assert.Equal([4, 2, 1, 1, 0, 0, 0, 0, 0], bytes[4..13]);
        Assert.Equal(1, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(13)));
        Assert.Equal(2, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(21)));
        Assert.Equal(3, BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(29)));
    }

    [Fact]
    public async Task WriteTasks_MoreThanFit_SplitsThem()
    {
        var tasks = new TaskRecord[200_000];
        var reader = new RecordReader(Written(writer => writer.WriteTasks(tasks)));
        await ReadToMeasuringAsync(reader);

        var count = 0;
        while (await reader.ReadAsync())
        {
            count += reader.Tasks.Length;
        }

        Assert.Equal(tasks.Length, count);
    }

    private static MemoryStream Written(Action<RecordWriter> write)
    {
        var stream = new MemoryStream();
        var writer = new RecordWriter(stream);
        writer.Write(RecordType.Hello, Hello, ProtocolJson.Default.HelloPayload);
        writer.Write(RecordType.Ready, new ReadyPayload(1, []), ProtocolJson.Default.ReadyPayload);
        writer.Write(RecordType.Measuring, new MeasuringPayload(2), ProtocolJson.Default.MeasuringPayload);
        write(writer);
        stream.Position = 0;
        return stream;
    }

    private static async Task ReadToMeasuringAsync(RecordReader reader)
    {
        do
        {
            Assert.True(await reader.ReadAsync());
        }
        while (reader.Type != RecordType.Measuring);
    }

    /// <summary>Gives at most so many bytes a read, as a pipe may.</summary>
    private sealed class PieceStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
