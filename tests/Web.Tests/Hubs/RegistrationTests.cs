using Brigade.Web.Cluster;
using Brigade.Web.Hubs;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Hubs;

public sealed class RegistrationTests
{
    private readonly CancellationTokenSource _connection = new();
    private readonly FakeDispatcher _dispatcher = new();

    [Fact]
    public async Task RegisterAsync_Connected_IsRegistered()
    {
        await RegisterAsync();

        Assert.Equal(["c1"], _dispatcher.Connections);
    }

    [Fact]
    public async Task RegisterAsync_ConnectionEndsBeforeARepeatedCall_IsNotRegistered()
    {
        _dispatcher.OnRegister = async call =>
        {
            if (call > 1)
                return;

            // The hub tells of the end while the answer to the first call is still awaited.
            await _connection.CancelAsync();
            await _dispatcher.Disconnected("c1");
        };

        await RegisterAsync();

        Assert.Empty(_dispatcher.Connections);
    }

    [Fact]
    public async Task RegisterAsync_ConnectionEndsAndTheAnswerIsLost_IsNotRegistered()
    {
        _dispatcher.OnRegister = async _ =>
        {
            await _connection.CancelAsync();
            _dispatcher.Connections.Add("c1");
            throw new TimeoutException();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(RegisterAsync);

        Assert.Empty(_dispatcher.Connections);
    }

    private Task RegisterAsync() => Registration.RegisterAsync(_dispatcher, new RunnerRegistration("c1", "r1", "runner", "1", "{}", [], Embedded: true, WorkspaceId: null), new FakeGateway(), _connection.Token);

    private sealed class FakeDispatcher : IDispatcherGrain
    {
        private int _calls;

        public List<string> Connections { get; } = [];

        public Func<int, Task>? OnRegister { get; set; }

        public async Task Register(RunnerRegistration registration, IRunnerGateway gateway)
        {
            if (OnRegister is not null)
                await OnRegister(++_calls);
            Connections.Add(registration.ConnectionId);
        }

        public Task<RunnerRoute?> Route(string runnerId) => Task.FromResult<RunnerRoute?>(null);

        public Task Disconnected(string connectionId)
        {
            Connections.Remove(connectionId);
            return Task.CompletedTask;
        }

        public Task<string[]> Renew(string[] connectionIds) => Task.FromResult<string[]>([]);

        public Task<ConnectedRunner[]> Runners(Guid workspaceId) => Task.FromResult<ConnectedRunner[]>([]);

        public Task Wake() => Task.CompletedTask;

        public Task RunEnded(Guid runId) => Task.CompletedTask;

        public Task CancelOnRunner(Guid runId, string runnerId) => Task.CompletedTask;
    }
}
