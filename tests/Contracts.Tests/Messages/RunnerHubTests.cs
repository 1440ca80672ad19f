using System.Text.Json;
using Brigade.Contracts.Messages;

namespace Brigade.Contracts.Tests.Messages;

public sealed class RunnerHubTests
{
    private static readonly Guid Run = new("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Fact]
    public void RunnerHello_RoundTrip_IsTheSame()
    {
        var hello = new RunnerHello("id", "name", "1.2.3", "{}", [Run]);

        var read = RoundTrip(hello);

        Assert.Equal(Run, Assert.Single(read.ActiveRuns));
        Assert.Equal(hello, read with { ActiveRuns = hello.ActiveRuns });
    }

    [Fact]
    public void RunAssignment_RoundTrip_IsTheSame() => Assert.Equal(new RunAssignment(Run, "{\"a\":1}", -1), RoundTrip(new RunAssignment(Run, "{\"a\":1}", -1)));

    [Fact]
    public void EventBatch_RoundTrip_KeepsTheBytes()
    {
        var batch = new EventBatch(Run, 1L << 40, [[1, 2], [], [255]]);

        var read = RoundTrip(batch);

        Assert.Equal(batch.Events, read.Events);
        Assert.Equal((Run, 1L << 40), (read.RunId, read.FirstSequence));
    }

    private static T RoundTrip<T>(T message) => JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(message, BrigadeJson.Options), BrigadeJson.Options)!;
}
