using System.Diagnostics;
using System.Globalization;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Kernels;
using Brigade.Runner.TrialHosts.DotNet.Strategies;
using Brigade.Runner.TrialHosts.DotNet.Workloads;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>One trial from the start of its workers to the <c>done</c> record.</summary>
/// <param name="line">The request as it came, for worker processes.</param>
internal sealed class Trial(TrialRequest request, byte[] line, RecordWriter writer)
{
    private readonly RecordSender _sender = new(writer);
    private IStrategy? _strategy;

    /// <summary>Kills what the strategy started; from any thread, at any time.</summary>
    public void Kill() => Volatile.Read(ref _strategy)?.Kill();

    /// <summary>Runs it.</summary>
    /// <exception cref="TrialFailedException">It cannot go on.</exception>
    public void Run()
    {
        using var fixture = KernelRegistry.CreateFixture(request);
        var prepared = WorkloadRegistry.Prepare(request);
        var losses = new WorkerLosses(_sender);
        var strategy = StrategyRegistry.Create(prepared, ReferenceEquals(prepared, request) ? line : prepared.ToLine(), _sender, losses);
        Volatile.Write(ref _strategy, strategy);
        var workers = strategy.Start();
        writer.Write(RecordType.Ready, HostRecords.Ready(Stopwatch.GetTimestamp(), workers));

        var isSettled = Warmup.Run(request.Warmup, strategy, workers.Length);

        Warmup.Rehearse(request.Load, request.Warmup, strategy, workers.Length);
        fixture?.Begin();

        // Said first, so that the runner reads the counters from which it subtracts before the workers add to them.
        var start = Stopwatch.GetTimestamp();
        writer.Write(RecordType.Measuring, HostRecords.Measuring(start));
        var phase = new Phase(Quota.Of(request.Load, start), isRecorded: true, workers.Length);
        strategy.Begin(phase);
        _sender.Start();
        fixture?.Watch(phase.Fail);
        try
        {
            phase.WaitForEnd(Timeout.Infinite);
        }
        finally
        {
            losses.Close();

            // What was recorded counts, whatever happened.
            _sender.Finish();
        }

        var totals = strategy.TakeTotals();
        var report = fixture?.End(totals, Stopwatch.GetElapsedTime(start, phase.EndedAt)) ?? KernelReport.Empty;
        var complaints = WorkloadRegistry.TearDown(prepared, strategy);
        var figures = new Dictionary<string, double>(report.Figures, StringComparer.Ordinal);
        strategy.AddFigures(figures);
        var crossesBorder = request.Strategy is Strategy.Processes or Strategy.ProcessPerTask;
        var done = new DonePayload(
            phase.EndedAt, totals.Tasks, totals.Errors, losses.Close(), totals.Checksum.ToString("x16", CultureInfo.InvariantCulture),
            Dropped: phase.Quota.Arrivals?.Dropped ?? 0,
            SerializationNs: crossesBorder ? totals.SerializationNs : null,
            ChannelNs: crossesBorder ? totals.ChannelNs : null,
            Warnings: [.. report.Warnings, .. complaints, .. WorkloadRegistry.Warnings(prepared), .. Faults.Missed(request, strategy.StartedBy), .. Warnings(isSettled)],
            Figures: figures.Count == 0 ? null : figures,
            Result: LastResult.Text);
        writer.Write(RecordType.Done, HostRecords.Done(done));
    }

    private List<string> Warnings(bool isSettled)
    {
        var warnings = new List<string>();
        if (!isSettled)
        {
            warnings.Add("The just-in-time compiler had not settled a second after the warm-up: a longer warm-up makes the figures steadier.");
        }

        if (_sender.Pool.IsThrottled)
        {
            warnings.Add("Tasks ended faster than their records could be read, so workers had to wait between tasks: the throughput is a lower bound.");
        }

        return warnings;
    }
}
