using Brigade.Web.Cluster;
using Microsoft.Extensions.Logging.Abstractions;

namespace Brigade.Web.Tests.Support;

/// <summary>Owners without a cluster around them; the dispatcher talks to these.</summary>
internal sealed class FakeRuns(FakeRunStorage storage, TimeProvider time)
{
    private readonly Dictionary<Guid, Grain> _grains = [];

    /// <summary>Runs whose calls fail, as those of a grain that cannot be activated do.</summary>
    public HashSet<Guid> Broken { get; } = [];

    /// <summary>Runs that do what they are asked, but whose answers get lost.</summary>
    public HashSet<Guid> Mute { get; } = [];

    public IRunGrain Get(Guid id)
    {
        if (!_grains.TryGetValue(id, out var grain))
            _grains[id] = grain = new Grain(id, this, new RunOwner(id, storage, new FakeRunSurroundings(), new ControlPlaneOptions(), time, NullLogger.Instance));
        return grain;
    }

    private sealed class Grain(Guid id, FakeRuns runs, RunOwner owner) : IRunGrain
    {
        private bool _loaded;

        public async Task<AssignedRun?> Assign(string runnerId, string runnerName)
        {
            var assigned = await (await LoadedAsync()).AssignAsync(runnerId, runnerName);
            return runs.Mute.Contains(id) ? throw new TimeoutException() : assigned;
        }

        public async Task<bool> Abandon(string reason) => await (await LoadedAsync()).AbandonAsync(reason);

        public async Task<Resumption> Resume(string runnerId, string runnerName) => await (await LoadedAsync()).ResumeAsync(runnerId, runnerName);

        public async Task<DeliverReply> Deliver(string runnerId, long first, byte[][] events) => await (await LoadedAsync()).DeliverAsync(runnerId, first, events);

        public async Task<long> Committed(string runnerId) => (await LoadedAsync()).Committed(runnerId);

        public async Task<bool> Cancel() => await (await LoadedAsync()).CancelAsync();

        public Task<RunUpdate?> Watch(IRunObserver observer) => Task.FromResult<RunUpdate?>(null);

        public Task Unwatch(IRunObserver observer) => Task.CompletedTask;

        private async Task<RunOwner> LoadedAsync()
        {
            if (runs.Broken.Contains(id))
                throw new InvalidOperationException("It cannot be read.");
            if (!_loaded)
                await owner.LoadAsync();
            _loaded = true;
            return owner;
        }
    }
}
