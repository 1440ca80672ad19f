using Brigade.Contracts.Messages;
using Brigade.Runner.Agent.Journal;
using Microsoft.AspNetCore.SignalR;

namespace Brigade.Runner.Agent;

/// <summary>
/// Delivers the journal of one run over one connection: from the first event that the server has not committed to the last. What the server took but has not
/// committed is sent again over the next connection, and when it stays uncommitted for long; the server drops what it has already.
/// </summary>
internal sealed class RunDelivery(IRunnerServer server, JournalStore journals, TimeProvider time)
{
    /// <summary>How much goes into one message, unless a single event is larger.</summary>
    private const int MostBytes = 256 * 1024;

    private const int MostEvents = 500;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RefusalPause = TimeSpan.FromSeconds(1);

    /// <summary>Returns when the server needs nothing more of the run.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or the connection is lost.</exception>
    public async Task DeliverAsync(ActiveRun run, CancellationToken cancellation)
    {
        var committed = await server.Committed(run.RunId);
        var next = committed == long.MaxValue ? committed : committed + 1;
        var progressAt = time.GetTimestamp();
        using var journal = new JournalReader(journals.PathOf(run.RunId));
        while (committed != long.MaxValue)
        {
            cancellation.ThrowIfCancellationRequested();
            var written = run.IsWritten;
            var events = Next(run, journal, next);
            var before = committed;
            if (events.Count > 0)
            {
                (committed, next) = await SendAsync(run.RunId, next, events, cancellation);
            }
            else if (written && committed == next - 1)
            {
                return; // a server that had the last event answers that the run has ended; one that does not keeps the same promise by its number
            }
            else
            {
                await run.WaitAsync(Poll, time, cancellation);
                committed = written ? await server.Committed(run.RunId) : committed;
            }

            progressAt = committed != before || events.Count > 0 || committed == next - 1 ? time.GetTimestamp() : progressAt;
            if (time.GetElapsedTime(progressAt) > Patience && committed < next - 1 && written)
            {
                (next, progressAt) = (committed + 1, time.GetTimestamp());
            }
        }
    }

    private static IReadOnlyList<byte[]> Next(ActiveRun run, JournalReader journal, long next) =>
        journal.Read(next, MostEvents, MostBytes) is { Count: > 0 } events ? events
        : run.Unsaved is { } unsaved && unsaved.Sequence == next ? [unsaved.Json]
        : [];

    private async Task<(long Committed, long Next)> SendAsync(Guid runId, long next, IReadOnlyList<byte[]> events, CancellationToken cancellation)
    {
        try
        {
            var committed = await server.Deliver(new EventBatch(runId, next, events));
            return (committed, next + events.Count);
        }
        catch (HubException)
        {
            // It cannot take them at the moment, or misses earlier ones.
            await Task.Delay(RefusalPause, time, cancellation);
            var committed = await server.Committed(runId);
            return (committed, committed == long.MaxValue ? committed : committed + 1);
        }
    }
}
