using Brigade.Web.Cluster;

namespace Brigade.Web.Tests.Support;

internal sealed class FakeGateway : IRunnerGateway
{
    public List<(string Connection, Guid Run)> Assigned { get; } = [];

    public List<(string Connection, Guid Run)> Cancelled { get; } = [];

    public Task Assign(string connectionId, Guid runId, string spec, int seed)
    {
        Assigned.Add((connectionId, runId));
        return Task.CompletedTask;
    }

    public Task Cancel(string connectionId, Guid runId)
    {
        Cancelled.Add((connectionId, runId));
        return Task.CompletedTask;
    }

    public Task<string> CheckCode(string connectionId, string request) => Task.FromResult(request);

    public Task<string> TryTask(string connectionId, Guid workspaceId, string request) => Task.FromResult(request);
}
