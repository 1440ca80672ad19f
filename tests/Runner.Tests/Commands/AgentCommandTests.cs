using System.Text.Json;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Commands;

/// <summary>The agent as a process, with the real hosts, against a real hub.</summary>
public sealed class AgentCommandTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("brigade-agent-command-");
    private readonly FakeServer _server = new();
    private readonly Guid _run = Guid.NewGuid();

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task Embedded_ParentGoesAway_EndsByItselfAndLeavesNoProcess()
    {
        using var agent = await StartAsync();
        await AssignAsync();

        agent.Process.StandardInput.Close();
        var (code, _, errors) = await agent.EndAsync();

        Assert.Equal((0, ""), (code, errors));
        Assert.DoesNotContain(ProcessTree.AllMarks(), pair => pair.Mark.Contains($".{agent.Process.Id}.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Embedded_KilledDuringARun_NextOneDeliversTheEndWithoutAGap()
    {
        using (var first = await StartAsync())
        {
            await AssignAsync();
            _ = Linux.Kill(first.Process.Id, Linux.Sigkill);
            await first.EndAsync();
        }

        using var second = await StartAsync();
        var end = await _server.EndAsync(_run);

        Assert.Equal((RunStatus.Failed, "The runner was stopped during the run."), (end.Status, end.Reason));
        var frames = _server.Events(_run).OfType<FrameRecorded>().Select(recorded => recorded.Frame.Number).ToList();
        Assert.Equal(Enumerable.Range(0, frames.Count), frames);
        Assert.Equal(_server.Hellos[0].RunnerId, _server.Hellos[^1].RunnerId);
        second.Process.StandardInput.Close();
        await second.EndAsync();
    }

    [Fact]
    public async Task Embedded_NoSettings_Answers2AndSaysWhatItNeeds()
    {
        using var agent = RunnerProcess.Start("agent --embedded");
        await agent.Process.StandardInput.WriteLineAsync("hello");

        var (code, _, errors) = await agent.EndAsync();

        Assert.Equal(2, code);
        Assert.StartsWith("brigade agent: Standard input has to begin with one line of JSON", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_SameDataTwice_SecondAnswers2()
    {
        using var first = await StartAsync();

        using var second = Start();
        var (code, _, errors) = await second.EndAsync();

        Assert.Equal(2, code);
        Assert.Contains("Another agent uses", errors, StringComparison.Ordinal);
        first.Process.StandardInput.Close();
        await first.EndAsync();
    }

    [Fact]
    public async Task Agent_TokenInTheEnvironment_IsWipedFromIt()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["BRIGADE_RUNNER_TOKEN"] = FakeServer.Token, ["BRIGADE_OTHER"] = "stays" };
        using var agent = RunnerProcess.Start($"agent --server {_server.Address} --data {_data.FullName} --name mine", environment: environment);
        await FakeServer.UntilAsync(() => _server.Hellos.FirstOrDefault(), "the agent");

        var block = await File.ReadAllTextAsync($"/proc/{agent.Process.Id}/environ");
        _ = Linux.Kill(agent.Process.Id, 15);
        var (code, _, _) = await agent.EndAsync();

        Assert.DoesNotContain(FakeServer.Token, block, StringComparison.Ordinal);
        Assert.Contains("BRIGADE_OTHER=stays", block, StringComparison.Ordinal);
        Assert.Equal("mine", _server.Hellos[0].Name);
        Assert.Equal(0, code);
    }

    private RunnerProcess Start()
    {
        var agent = RunnerProcess.Start("agent --embedded");
        agent.Process.StandardInput.WriteLine(JsonSerializer.Serialize(new { server = _server.Address.ToString(), token = FakeServer.Token, data = _data.FullName }));
        agent.Process.StandardInput.Flush();
        return agent;
    }

    private async Task<RunnerProcess> StartAsync()
    {
        var known = _server.Hellos.Count;
        var agent = Start();
        await FakeServer.UntilAsync(() => _server.Hellos.Count > known ? "" : null, "the agent");
        return agent;
    }

    /// <summary>Has it measure something long and waits for the first frame.</summary>
    private async Task AssignAsync()
    {
        var spec = Jobs.Spec(duration: TimeSpan.FromSeconds(50), runtime: "dotnet") with
        {
            Workload = new WorkloadSpec { Kernel = "io.sleep", Params = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["milliseconds"] = ParameterValue.Of(5) } },
        };
        await _server.AssignAsync(new RunAssignment(_run, SpecWriter.ToJson(spec), 1));
        await FakeServer.UntilAsync(() => _server.Events(_run).OfType<FrameRecorded>().FirstOrDefault(), "a frame");
    }
}
