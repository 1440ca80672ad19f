using System.Text.Json.Nodes;
using Brigade.Integration.Tests.Support;
using Brigade.Tests.Shared;
using Xunit;

namespace Brigade.Integration.Tests;

/// <summary>Web, real runner and real database together.</summary>
public sealed class RunTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_TinySpecInBothRuntimes_IsMeasuredAndStored(bool onPostgres)
    {
        using var data = new TemporaryDirectory();
        await using var server = await Server.StartAsync(data.Path, onPostgres ? await postgres.CreateDatabaseAsync() : null);

        var run = await server.SubmitAsync(Specs.Tiny);

        var ended = await server.UntilAsync(run, "completed", "failed", "lost");
        Assert.Equal(("completed", ""), ((string?)ended["status"], (string?)ended["reason"]));
        var result = await server.GetAsync($"/api/v1/runs/{run}/result");
        var trials = result["trials"]!.AsArray();
        Assert.Equal(4, trials.Count);
        Assert.All(trials, trial => Assert.Equal(("completed", 100), ((string?)trial!["status"], (int)trial["tasks"]!)));
        Assert.Single(trials.Select(trial => (string?)trial!["checksum"]).Distinct(StringComparer.Ordinal));
        Assert.Equal(4, result["cells"]!.AsArray().Count);
        await AssertFramesAsync(server, run, trials);
    }

    [Fact]
    public async Task Start_SecondServerOnTheSamePostgres_Refuses()
    {
        using var data = new TemporaryDirectory();
        using var other = new TemporaryDirectory();
        var database = await postgres.CreateDatabaseAsync();
        await using var first = await Server.StartAsync(data.Path, database);

        var (exitCode, errors) = await Server.RefusedAsync(other.Path, postgres: database);

        Assert.Equal(1, exitCode);
        Assert.Contains("in use by another Brigade", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_LongRun_LeavesNoProcessAndKeepsWhatWasMeasured()
    {
        using var data = new TemporaryDirectory();
        await using var server = await Server.StartAsync(data.Path);
        var run = await server.SubmitAsync(Specs.Long);
        await server.UntilMeasuredAsync(run);
        var runner = Processes.RunnerOf(server.ProcessId)!.Value;
        var trial = Processes.Tree(runner);
        Assert.NotEmpty(trial);

        using var cancelled = await server.Client.PostAsync($"/api/v1/runs/{run}/cancel", content: null);

        await server.UntilAsync(run, "cancelled");
        Assert.DoesNotContain(trial, Processes.IsAlive);
        Assert.True(Processes.IsAlive(runner));
        Assert.NotEmpty((await server.GetAsync($"/api/v1/runs/{run}/frames")).AsArray());
    }

    [Fact]
    public async Task RunnerKilled_InTheMiddleOfARun_RunEndsWithReasonAndTheNextOneRuns()
    {
        using var data = new TemporaryDirectory();
        await using var server = await Server.StartAsync(data.Path);
        var run = await server.SubmitAsync(Specs.Long);
        await server.UntilMeasuredAsync(run);
        var trial = Processes.Tree(Processes.RunnerOf(server.ProcessId)!.Value);

        Server.KillHard(Processes.RunnerOf(server.ProcessId)!.Value);

        var ended = await server.UntilAsync(run, "failed", "lost");
        Assert.False(string.IsNullOrEmpty((string?)ended["reason"]));
        Assert.NotEmpty((await server.GetAsync($"/api/v1/runs/{run}/frames")).AsArray());
        await server.UntilAsync(await server.SubmitAsync(Specs.Tiny), "completed");
        Assert.DoesNotContain(trial, Processes.IsAlive);
        Assert.Contains("it is started again", server.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restart_InTheMiddleOfARun_NothingMeasuredIsLost(bool killed)
    {
        using var data = new TemporaryDirectory();
        Guid run;
        int runner;
        await using (var server = await Server.StartAsync(data.Path))
        {
            run = await server.SubmitAsync(Specs.Long);
            await server.UntilMeasuredAsync(run);
            runner = Processes.RunnerOf(server.ProcessId)!.Value;
            if (killed)
                Server.KillHard(server.ProcessId);
            else
                await server.InterruptAsync();
        }

        await Processes.UntilGoneAsync(runner);
        var measured = Journal.Frames(data.Path, run);
        Assert.NotEmpty(measured);
        await using var again = await Server.StartAsync(data.Path);

        var ended = await again.UntilAsync(run, "failed", "lost");
        Assert.Contains("stopped", (string?)ended["reason"], StringComparison.Ordinal);
        var numbers = (await again.GetAsync($"/api/v1/runs/{run}/frames")).AsArray().Select(frame => (int)frame!["number"]!).ToList();
        Assert.Equal(measured, numbers);
        Assert.Equal(Enumerable.Range(0, numbers.Count), numbers);
    }

    [Fact]
    public async Task Restart_WithQueuedRuns_TheyRunAfterwards()
    {
        using var data = new TemporaryDirectory();
        Guid waiting;
        await using (var server = await Server.StartAsync(data.Path))
        {
            var first = await server.SubmitAsync(Specs.Long);
            await server.UntilAsync(first, "running");
            waiting = await server.SubmitAsync(Specs.Tiny);
        }

        await using var again = await Server.StartAsync(data.Path);

        await again.UntilAsync(waiting, "completed");
    }

    // Each trial's frames are numbered from 0 without gap, and hold exactly the tasks that the trial counts.
    private static async Task AssertFramesAsync(Server server, Guid run, JsonArray trials)
    {
        var frames = (await server.GetAsync($"/api/v1/runs/{run}/frames")).AsArray();
        foreach (var trial in frames.GroupBy(frame => (int)frame!["trial"]!))
        {
            Assert.Equal(Enumerable.Range(0, trial.Count()), trial.Select(frame => (int)frame!["number"]!));
            Assert.Equal((int)trials[trial.Key]!["tasks"]!, trial.Sum(frame => (int)frame!["tasks"]!));
        }

        Assert.Equal(trials.Count, frames.Select(frame => (int)frame!["trial"]!).Distinct().Count());
    }
}
