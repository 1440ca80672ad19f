using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet;

public sealed class WorkerLossesTests
{
    private static readonly WorkerPayload Loss = new(At: 2, EndedAt: 1, Worker: 1, Pid: 7, Tid: 7, Lost: 3, Reason: "was ended by signal 9");

    [Fact]
    public async Task Add_TellsTheRunnerAndCountsTheTasks()
    {
        using var stream = new MemoryStream();
        var losses = new WorkerLosses(new RecordSender(new RecordWriter(stream)));

        losses.Add(Loss);
        losses.Add(Loss with { Lost = 2 });

        Assert.Equal(5, losses.Close());
        Assert.True(losses.IsOver);
        losses.Add(Loss); // too late to count
        Assert.Equal(5, losses.Close());
        stream.Position = sizeof(int) + 1;
        var json = new byte[stream.GetBuffer()[0] - 1];
        await stream.ReadExactlyAsync(json);
        Assert.Equal(Loss, System.Text.Json.JsonSerializer.Deserialize(json, ProtocolJson.Default.WorkerPayload));
    }

    [Fact]
    public void Add_OneTooMany_FailsTheTrial()
    {
        using var stream = new MemoryStream();
        var losses = new WorkerLosses(new RecordSender(new RecordWriter(stream)));
        for (var count = 0; count < WorkerPayload.MaximumCount; count++)
        {
            losses.Add(Loss);
        }

        var failure = Assert.Throws<TrialFailedException>(() => losses.Add(Loss));

        Assert.Contains("more than 100 worker processes were lost; the last, worker 1, was ended by signal 9", failure.Message, StringComparison.Ordinal);
    }
}
