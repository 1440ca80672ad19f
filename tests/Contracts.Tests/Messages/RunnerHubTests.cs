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

    [Fact]
    public void CodeCheckRequest_RoundTrip_IsTheSame() =>
        Assert.Equal(new CodeCheckRequest("python", "a.py", "x = 1\n", "python3.11"), RoundTrip(new CodeCheckRequest("python", "a.py", "x = 1\n", "python3.11")));

    [Fact]
    public void CodeCheckReply_RoundTrip_IsTheSame()
    {
        var problem = new CodeProblem(CodeProblem.Error, "CS0103", "no", 1, 2, 3, 4);

        var read = RoundTrip(new CodeCheckReply([problem], "why"));

        Assert.Equal((problem, "why"), (Assert.Single(read.Problems), read.Failure));
    }

    [Fact]
    public void TryRequest_RoundTrip_IsTheSame() => Assert.Equal(new TryRequest("{}", "dotnet"), RoundTrip(new TryRequest("{}", "dotnet")));

    [Fact]
    public void TryReply_RoundTrip_IsTheSame()
    {
        var reply = new TryReply("dotnet", "1", 1.5, 20, "error", "detail", "output", ["warning"]);

        var read = RoundTrip(reply);

        Assert.Equal(["warning"], read.Warnings);
        Assert.Equal(reply, read with { Warnings = reply.Warnings });
    }

    private static T RoundTrip<T>(T message) => JsonSerializer.Deserialize<T>(JsonSerializer.SerializeToUtf8Bytes(message, BrigadeJson.Options), BrigadeJson.Options)!;
}
