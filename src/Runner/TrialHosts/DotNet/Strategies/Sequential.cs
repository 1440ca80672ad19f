using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet.Strategies;

/// <summary><c>sequential</c>: one task after the other on one thread, whatever number of workers was asked for.</summary>
internal sealed class Sequential(TrialRequest request, RecordSender sender) : IStrategy
{
    private readonly Threads _threads = new(request with { Workers = 1 }, sender);

    public long CompiledMethods => _threads.CompiledMethods;

    public WorkerIdentity[] Start() => _threads.Start();

    public void Begin(Phase phase) => _threads.Begin(phase);

    public Totals TakeTotals() => _threads.TakeTotals();

    public long StartedBy(int worker) => _threads.StartedBy(worker);

    public void Kill() => _threads.Kill();
}
