using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Brigade.Contracts.Runs;
using Brigade.Runner.Protocol;
using Brigade.Runner.Recording;

namespace Brigade.Benchmarks;

/// <summary>How the runner keeps up with task records: how many it can take, whether it takes all, and whether its memory grows.</summary>
internal sealed class Ingest : ISuite
{
    private const int Workers = 2;
    private const int TasksOfATrial = 10_000_000;
    private const long FrameNs = Frame.LengthMs * 1_000_000L;

    public string Name => "ingest";

    public string Title => "Task records into the runner";

    public async IAsyncEnumerable<Row> MeasureAsync(int rounds)
    {
        await RecordsPerSecondAsync(TasksOfATrial / 10);
        var rates = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            rates.Add(await RecordsPerSecondAsync(TasksOfATrial) / 1e6);
        }

        var rate = new Sample(rates, " M");
        yield return new Row("records read, folded and cut into frames, per second of processor time", "—", rate, "1 M", rate.Median >= 1);

        var ended = await Programs.BrigadeAsync(string.Create(CultureInfo.InvariantCulture, $$"""
            version: 1
            name: ten-million
            workload: { kernel: noop }
            matrix: { runtime: [dotnet], strategy: [threads], workers: [2] }
            load: { tasks: {{TasksOfATrial}} }
            repeat: 1
            """));
        var lost = new Sample([TasksOfATrial - ended.Trials.Single().Tasks]);
        yield return new Row("records lost of a trial of 10 million tasks that do nothing", "—", lost, "0", lost.Median == 0 && ended.Trials.Single().Status == TrialStatus.Completed);

        var slope = new Sample([SlopeMiBPerMinute()], " MiB");
        yield return new Row("growth of the recorder's memory in each minute of a trial of 10 minutes after the first", "—", slope, "under 1 MiB", slope.Median < 1);
    }

    private static async Task<double> RecordsPerSecondAsync(int tasks)
    {
        var recorder = new TrialRecorder(0, Workers, new LoadBounds(tasks, null));
        recorder.Begin(0, Sample(0));
        var reader = new RecordReader(new Stream(tasks));
        var before = Environment.CpuUsage.TotalTime;
        var at = 0L;
        while (await reader.ReadAsync())
        {
            if (reader.Type == RecordType.Tasks)
            {
                recorder.Fold(reader.Tasks, long.MaxValue / 2);
                at = reader.Tasks[^1].End;
                recorder.Tick(Sample(at));
            }
        }

        recorder.End(at, Sample(at));
        var spent = Environment.CpuUsage.TotalTime - before;
        return recorder.Totals().Tasks == tasks ? tasks / spent.TotalSeconds : throw new InvalidOperationException("Records were lost.");
    }

    /// <summary>6000 frames with 1000 tasks each, as fast as they can be made.</summary>
    private static double SlopeMiBPerMinute()
    {
        const int FramesPerMinute = 600, Minutes = 10, TasksPerFrame = 1_000;
        var recorder = new TrialRecorder(0, Workers, new LoadBounds(null, Minutes * 60_000_000_000L));
        recorder.Begin(0, Sample(0));
        var records = new TaskRecord[TasksPerFrame];
        var afterFirst = 0L;
        for (var frame = 0; frame < FramesPerMinute * Minutes; frame++)
        {
            for (var task = 0; task < TasksPerFrame; task++)
            {
                var start = (frame * FrameNs) + (task * (FrameNs / TasksPerFrame));
                records[task] = new TaskRecord(task % Workers, isError: false, intended: 0, start, start + 50_000 + (task % 97 * 311));
            }

            recorder.Fold(records, long.MaxValue / 2);
            recorder.Tick(Sample((frame + 1) * FrameNs));
            afterFirst = frame == FramesPerMinute ? GC.GetTotalMemory(forceFullCollection: true) : afterFirst;
        }

        var growth = GC.GetTotalMemory(forceFullCollection: true) - afterFirst;
        GC.KeepAlive(recorder);
        return growth / (Minutes - 1.0) / (1 << 20);
    }

    private static ProcessSample Sample(long at) => new(at, 0, 0, 0, 0, 0, [new WorkerSample('R', at), new WorkerSample('R', at)]);

    /// <summary>What a host writes: hello, ready and measuring, then <c>tasks</c> records of 2000 tasks of 2 µs.</summary>
    private sealed class Stream(int tasks) : System.IO.Stream
    {
        private const int Batch = 2_000;
        private const long TaskNs = 2_000;

        private byte[] _waiting = [.. Head()];
        private int _taken;
        private int _written;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_taken == _waiting.Length && !TryFill())
            {
                return 0;
            }

            var part = Math.Min(buffer.Length, _waiting.Length - _taken);
            _waiting.AsSpan(_taken, part).CopyTo(buffer);
            _taken += part;
            return part;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private static IEnumerable<byte> Head() => Record(1, "{\"protocol\":1,\"runtime\":\"dotnet\",\"version\":\"10\"}"u8.ToArray())
            .Concat(Record(2, "{\"at\":0,\"workers\":[{\"worker\":0,\"pid\":1,\"tid\":1},{\"worker\":1,\"pid\":1,\"tid\":2}]}"u8.ToArray()))
            .Concat(Record(3, "{\"at\":0}"u8.ToArray()));

        private static byte[] Record(byte type, byte[] payload)
        {
            var record = new byte[5 + payload.Length];
            BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)payload.Length + 1);
            record[4] = type;
            payload.CopyTo(record, 5);
            return record;
        }

        private bool TryFill()
        {
            var count = Math.Min(Batch, tasks - _written);
            if (count == 0)
            {
                return false;
            }

            var length = 5 + (count * TaskRecord.SizeInBytes);
            _waiting = _waiting.Length == length ? _waiting : Record(4, new byte[length - 5]);
            var records = MemoryMarshal.Cast<byte, TaskRecord>(_waiting.AsSpan(5));
            for (var task = 0; task < count; task++)
            {
                var start = (_written + task) / Workers * TaskNs;
                records[task] = new TaskRecord(task % Workers, isError: false, intended: 0, start, start + TaskNs - 100 + (task % 64));
            }

            _written += count;
            _taken = 0;
            return true;
        }
    }
}
