using Microsoft.Extensions.Options;
using Orleans.Utilities;

namespace Brigade.Web.Cluster;

/// <summary>The grain around a <see cref="RunOwner"/>: one call at a time, a clock, the observers. Its state is the database's.</summary>
internal sealed class RunGrain : Grain, IRunGrain, IRunSurroundings
{
    private readonly RunOwner _owner;
    private readonly ObserverManager<IRunObserver> _observers;
    private readonly ControlPlaneOptions _options;
    private IGrainTimer? _timer;

    public RunGrain(IRunStorage storage, IOptions<ControlPlaneOptions> options, TimeProvider time, ILogger<RunGrain> logger)
    {
        _options = options.Value;
        _owner = new RunOwner(this.GetPrimaryKey(), storage, this, _options, time, logger);
        _observers = new ObserverManager<IRunObserver>(TimeSpan.FromMinutes(1), logger);
    }

    private IDispatcherGrain Dispatcher => GrainFactory.GetGrain<IDispatcherGrain>(IDispatcherGrain.Key);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _owner.LoadAsync();
        if (_owner.IsOpen)
        {
            // Keeps the grain in memory as long as its run is open.
            _timer = this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(_options.Tick, _options.Tick) { KeepAlive = true });
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _timer?.Dispose();
        await _owner.FlushAsync(force: true);
    }

    public Task<AssignedRun?> Assign(string runnerId, string runnerName) => _owner.AssignAsync(runnerId, runnerName);

    public Task<bool> Abandon(string reason) => _owner.AbandonAsync(reason);

    public Task<Resumption> Resume(string runnerId, string runnerName) => _owner.ResumeAsync(runnerId, runnerName);

    public Task<DeliverReply> Deliver(string runnerId, long first, byte[][] events) => _owner.DeliverAsync(runnerId, first, events);

    public Task<long> Committed(string runnerId) => Task.FromResult(_owner.Committed(runnerId));

    public Task<bool> Cancel() => _owner.CancelAsync();

    public Task<RunUpdate?> Watch(IRunObserver observer)
    {
        if (!_owner.Exists)
            return Task.FromResult<RunUpdate?>(null);
        _observers.Subscribe(observer, observer);
        return Task.FromResult<RunUpdate?>(_owner.Window());
    }

    public Task Unwatch(IRunObserver observer)
    {
        _observers.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    void IRunSurroundings.Updated(RunUpdate update) => _observers.Notify(observer => observer.Updated(update)).Ignore();

    void IRunSurroundings.Ended()
    {
        _timer?.Dispose();
        _timer = null;
        Dispatcher.RunEnded(this.GetPrimaryKey()).Ignore();
    }

    void IRunSurroundings.CancelOnRunner(string runnerId) => Dispatcher.CancelOnRunner(this.GetPrimaryKey(), runnerId).Ignore();

    private Task TickAsync() => _owner.TickAsync();
}
