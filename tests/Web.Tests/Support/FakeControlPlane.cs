using Brigade.Contracts.Messages;
using Brigade.Contracts.Spec;
using Brigade.Data.Queries;
using Brigade.Web.Cluster;

namespace Brigade.Web.Tests.Support;

/// <summary>Stores runs and remembers what it was asked.</summary>
internal sealed class FakeControlPlane(Func<RunStore> runs) : IControlPlane
{
    public List<(ExperimentSpec Spec, Guid? ExperimentId, Guid Run)> Submitted { get; } = [];

    public List<Guid> Cancelled { get; } = [];

    public List<RunnerStatus> Runners { get; } = [new("r1", "here", "0.1.0", Given.Machine, Given.Noon, null, true)];

    /// <summary>What was looked at.</summary>
    public List<CodeCheckRequest> Checked { get; } = [];

    public CodeCheckReply CheckReply { get; set; } = new([]);

    /// <summary>What was tried.</summary>
    public List<ExperimentSpec> Tried { get; } = [];

    public TryReply TryReply { get; set; } = new("python3.11", "42", 1.5, 30, "", "", "", []);

    /// <summary>Makes every call fail.</summary>
    public bool IsDown { get; set; }

    public async Task<RunRow> SubmitAsync(ExperimentSpec spec, Guid? experimentId, CancellationToken cancellation = default)
    {
        ThrowIfDown();
        var run = await runs().CreateAsync(spec, 1, 2, experimentId, cancellation);
        Submitted.Add((spec, experimentId, run.Id));
        return run;
    }

    /// <summary>How often it was told to look at the queue.</summary>
    public int Woken { get; private set; }

    public Task WakeAsync()
    {
        ThrowIfDown();
        Woken++;
        return Task.CompletedTask;
    }

    public Task<bool> CancelAsync(Guid runId, CancellationToken cancellation = default)
    {
        ThrowIfDown();
        Cancelled.Add(runId);
        return Task.FromResult(true);
    }

    public Task<IReadOnlyList<RunnerStatus>> RunnersAsync(CancellationToken cancellation = default)
    {
        ThrowIfDown();
        return Task.FromResult<IReadOnlyList<RunnerStatus>>([.. Runners]);
    }

    public Task<CodeCheckReply> CheckCodeAsync(CodeCheckRequest request, CancellationToken cancellation = default)
    {
        ThrowIfDown();
        Checked.Add(request);
        return Task.FromResult(CheckReply);
    }

    public Task<TryReply> TryTaskAsync(ExperimentSpec spec, CancellationToken cancellation = default)
    {
        ThrowIfDown();
        Tried.Add(spec);
        return Task.FromResult(TryReply);
    }

    private void ThrowIfDown()
    {
        if (IsDown)
            throw new InvalidOperationException("The control plane is down.");
    }
}
