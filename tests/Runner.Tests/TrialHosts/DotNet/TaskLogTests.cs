using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet;

public sealed class TaskLogTests
{
    [Fact]
    public void Drain_WhileAnotherThreadAdds_GivesEachRecordOnceAndInOrder()
    {
        const int Count = 500_000;
        var log = new TaskLog(new BlockPool(() => { }));
        var producer = new Thread(() =>
        {
            for (var index = 0; index < Count; index++)
            {
                log.Add(Record(index));
            }
        });
        producer.Start();

        var target = new TaskRecord[777];
        var next = 0;
        while (next < Count)
        {
            foreach (var record in target.AsSpan(0, log.Drain(target)))
            {
                Assert.Equal(next++, record.Start);
            }
        }

        producer.Join();
        Assert.Equal(0, log.Drain(target));
    }

    [Fact]
    public void Add_ManyAtOnce_GoesOverBlocks()
    {
        var log = new TaskLog(new BlockPool(() => { }));
        var records = Enumerable.Range(0, 10_000).Select(Record).ToArray();
        log.Add(records.AsSpan(0, 63));
        log.Add(records.AsSpan(63));

        var target = new TaskRecord[20_000];

        Assert.Equal(records.Length, log.Drain(target));
        Assert.Equal(records, target[..records.Length]);
    }

    [Fact]
    public void Add_ManyBlocks_AsksTheSenderToSendSoon()
    {
        var asked = 0;
        var log = new TaskLog(new BlockPool(() => asked++));

        log.Add(new TaskRecord[100_000]);

        Assert.InRange(asked, 1, 20);
    }

    private static TaskRecord Record(int index) => new(0, isError: false, intended: 0, index, index + 1);
}
