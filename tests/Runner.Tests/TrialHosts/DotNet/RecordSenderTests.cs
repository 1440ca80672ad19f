using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet;

public sealed class RecordSenderTests
{
    [Fact]
    public void Send_OneLogThatIsFilledAsFastAsItIsSent_DoesNotStarveTheOthers()
    {
        const int Busy = 0, Quiet = 1, MostWrites = 500;
        var stream = new Spy();
        var sender = new RecordSender(new RecordWriter(stream));
        var busy = sender.CreateLog();
        var quiet = sender.CreateLog();
        stream.OnWrite = () =>
        {
            for (var count = 0; count < 5000 && stream.Writes < MostWrites && !stream.HasSeen(Quiet); count++)
            {
                busy.Add(new TaskRecord(Busy, isError: false, 0, 1, 2));
            }
        };
        quiet.Add(new TaskRecord(Quiet, isError: false, 0, 1, 2));
        for (var count = 0; count < 5000; count++)
        {
            busy.Add(new TaskRecord(Busy, isError: false, 0, 1, 2));
        }

        sender.Start();
        SpinWait.SpinUntil(() => stream.HasSeen(Quiet), TimeSpan.FromSeconds(60));
        sender.Finish();

        Assert.True(stream.HasSeen(Quiet));
        Assert.InRange(stream.Writes, 1, MostWrites - 1);
    }

    /// <summary>Looks at the worker of each task record that passes.</summary>
    private sealed class Spy : MemoryStream
    {
        private const int HeaderBytes = 5, RecordBytes = 32;

        private volatile int _seen = -1;
        private volatile int _writes;

        public Action OnWrite { get; set; } = () => { };

        public int Writes => _writes;

        public bool HasSeen(int worker) => _seen >= worker;

        public override void Write(byte[] buffer, int offset, int count)
        {
            _writes++;
            for (var at = offset + HeaderBytes; at < offset + count; at += RecordBytes)
            {
                _seen = Math.Max(_seen, BitConverter.ToUInt16(buffer, at));
            }

            OnWrite();
        }
    }
}
