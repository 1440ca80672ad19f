using Brigade.Web.Cluster;
using Microsoft.Extensions.Logging.Abstractions;

namespace Brigade.Web.Tests.Support;

/// <summary>Owners without a cluster around them; the dispatcher talks to these.</summary>
internal sealed class FakeRuns(FakeRunStorage storage, TimeProvider time)
{
    private readonly Dictionary<Guid, Grain> _grains = [];

    public IRunGrain Get(Guid id)
    {
        if (!_grains.TryGetValue(id, out var grain))
            _grains[id] = grain = new Grain(new RunOwner(id, storage, new FakeRunSurroundings(), new ControlPlaneOptions(), time, NullLogger.Instance));
        return grain;
    }

    private sealed class Grain(RunOwner owner) : IRunGrain
    {
        private bool _loaded;

        public async Task<AssignedRun?> Assign(string runnerId, string runnerName) => await (await LoadedAsync()).AssignAsync(runnerId, runnerName);

        public async Task Abandon(string reason) => await (await LoadedAsync()).AbandonAsync(reason);

        public async Task<bool> Resume(string runnerId) => (await LoadedAsync()).Resume(runnerId);

        public async Task<DeliverReply> Deliver(string runnerId, long first, byte[][] events) => await (await LoadedAsync()).DeliverAsync(runnerId, first, events);

        public async Task<long> Committed() => (await LoadedAsync()).Committed();

        public async Task<bool> Cancel() => await (await LoadedAsync()).CancelAsync();

        public Task<RunUpdate?> Watch(IRunObserver observer) => Task.FromResult<RunUpdate?>(null);

        public Task Unwatch(IRunObserver observer) => Task.CompletedTask;

        private async Task<RunOwner> LoadedAsync()
        {
            if (!_loaded)
                await owner.LoadAsync();
            _loaded = true;
            return owner;
        }
    }
}
