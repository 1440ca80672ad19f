using System.Globalization;
using System.Numerics;
using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Plan;

/// <summary>Tells what became of the matrix's cells that are not in the plan. Each such cell is counted once, under the first reason that folds it.</summary>
internal sealed class PlanNotes(ExperimentSpec spec, BigInteger variants)
{
    private readonly Dictionary<string, BigInteger> _counts = new(StringComparer.Ordinal);
    private bool _sequentialIsMoved;
    private string? _movedPool;
    private bool _payloadIsMoved;

    /// <summary>The cells of so many strategies of a runtime.</summary>
    public void Dropped(string reason, int strategies) => Add($"dropped: {reason}", Full() * strategies);

    /// <summary>The cells that fold into those of the axes.</summary>
    public void Folded(CellAxes axes)
    {
        var left = Full();
        var matrix = spec.Matrix;
        left = Fold("folded: sequential always has 1 worker.", left, matrix.Workers.Distinct().Count(), axes.Workers.Count);
        left = Fold(
            axes.Strategy == Strategy.Processes ? $"dropped: {RuntimeGaps.MissingChannels(matrix, axes.Runtime)}" : "folded: a channel applies to processes only.",
            left, matrix.Channel.Distinct().Count(), axes.Channels.Count);
        left = Fold("folded: a start method applies to processes and process-per-task in Python only.", left, StartMethods(), axes.StartMethods.Count);
        var takesOne = CellAxes.TakesOneTask(axes.Runtime, axes.Strategy);
        left = Fold(
            takesOne ? $"folded: the {TitleOf(axes)} pool always takes 1 task at a time." : "folded: a chunk size applies to pool and processes only.",
            left, matrix.ChunkSize.Distinct().Count(), axes.ChunkSizes.Count);
        Fold("folded: a payload is carried between processes only.", left, matrix.PayloadBytes.Distinct().Count(), axes.Payloads.Count);
        _movedPool = takesOne && !matrix.ChunkSize.Contains(1) ? TitleOf(axes) : _movedPool;
        _payloadIsMoved |= axes.Payloads is [0] && !matrix.PayloadBytes.Contains(0);
        _sequentialIsMoved |= axes.Strategy == Strategy.Sequential && !matrix.Workers.Contains(1);
    }

    public IReadOnlyList<string> ToSentences()
    {
        List<string> notes = [.. _counts.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value:N0} {(pair.Value.IsOne ? "cell" : "cells")} {pair.Key}"))];
        if (_sequentialIsMoved)
        {
            notes.Add("Sequential cells have 1 worker, which the matrix does not list.");
        }

        if (_movedPool is not null)
        {
            notes.Add($"Cells of the {_movedPool} pool have chunk size 1, which the matrix does not list.");
        }

        if (_payloadIsMoved)
        {
            notes.Add("Cells of strategies without processes carry no payload, which the matrix does not list.");
        }

        return notes;
    }

    private BigInteger Full() => variants * spec.Matrix.Workers.Distinct().Count() * spec.Matrix.Channel.Distinct().Count() * StartMethods() * spec.Matrix.ChunkSize.Distinct().Count() * spec.Matrix.PayloadBytes.Distinct().Count();

    private static string TitleOf(CellAxes axes) => RuntimeCatalogue.Of(axes.Runtime)?.Title ?? axes.Runtime;

    private int StartMethods() => Math.Max(1, spec.Matrix.StartMethod.Distinct().Count());

    private BigInteger Fold(string reason, BigInteger cells, int from, int to)
    {
        var left = from > to ? cells / from * to : cells;
        Add(reason, cells - left);
        return left;
    }

    private void Add(string reason, BigInteger cells)
    {
        if (!cells.IsZero)
        {
            _counts[reason] = _counts.GetValueOrDefault(reason) + cells;
        }
    }
}
