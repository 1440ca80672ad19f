using System.Globalization;
using Brigade.Runner.Protocol;

namespace Brigade.Runner.Trials;

/// <summary>The workers that a trial lost and replaced.</summary>
internal sealed class Replacements
{
    private const int MostSentences = 5;
    private const int LongestReason = 300;

    private readonly List<string> _sentences = [];

    public int Count { get; private set; }

    /// <summary>Measured tasks that were handed out and never came back.</summary>
    public long Lost { get; private set; }

    /// <summary>From the end of each lost worker until its replacement could work, summed.</summary>
    public long RecoveryNs { get; private set; }

    /// <exception cref="ProtocolException">The record has impossible numbers, or is one too many.</exception>
    public void Take(WorkerPayload worker, int workers, bool isMeasuring)
    {
        if (worker.Worker < 0 || worker.Worker >= workers)
        {
            throw new ProtocolException($"A `worker` record is of worker {worker.Worker}; the trial has workers 0 to {workers - 1}.");
        }

        if (worker.Pid <= 0 || worker.Tid < 0 || worker.Lost < 0 || worker.EndedAt > worker.At || (worker.Lost > 0 && !isMeasuring))
        {
            throw new ProtocolException($"The `worker` record of worker {worker.Worker} has numbers that cannot be: process {worker.Pid}, thread {worker.Tid}, {worker.Lost} tasks lost{(isMeasuring ? "" : " before measuring")}, ended at {worker.EndedAt} and replaced at {worker.At}.");
        }

        if (++Count > WorkerPayload.MaximumCount)
        {
            throw new ProtocolException($"More than {WorkerPayload.MaximumCount} workers were lost.");
        }

        Lost += worker.Lost;
        RecoveryNs += worker.At - worker.EndedAt;
        if (_sentences.Count < MostSentences)
        {
            _sentences.Add(Sentence(worker));
        }
    }

    /// <summary>What happened to the first of them.</summary>
    public IReadOnlyList<string> ToSentences() =>
        Count > _sentences.Count ? [.. _sentences, string.Create(CultureInfo.InvariantCulture, $"{Count - _sentences.Count} more workers were lost and replaced")] : _sentences;

    private static string Sentence(WorkerPayload worker)
    {
        var reason = new string([.. worker.Reason.Take(LongestReason).Select(character => char.IsControl(character) ? ' ' : character)]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"worker {worker.Worker} {(reason.Length > 0 ? reason : "was lost")}: {worker.Lost} {(worker.Lost == 1 ? "task" : "tasks")} lost, replaced after {(worker.At - worker.EndedAt) / 1e6:0.#} ms");
    }
}
