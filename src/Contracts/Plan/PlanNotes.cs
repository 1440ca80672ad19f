using System.Globalization;
using System.Numerics;
using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Plan;

/// <summary>Tells what became of the matrix's cells that are not in the plan. Each such cell is counted once, under the first reason that folds it.</summary>
internal sealed class PlanNotes(ExperimentSpec spec, BigInteger variants)
{
    private readonly Dictionary<string, BigInteger> _counts = new(StringComparer.Ordinal);
    private bool _sequentialIsMoved;
    private bool _poolIsMoved;

    /// <summary>The cells of a runtime that the workload cannot run on.</summary>
    public void Dropped(string runtime) =>
        Add($"dropped: the workload's code is {spec.Workload.Code?.Language}, which does not run on {runtime}.", Full() * spec.Matrix.Strategy.Distinct().Count());

    /// <summary>The cells that fold into those of the axes.</summary>
    public void Folded(CellAxes axes)
    {
        var left = Full();
        var matrix = spec.Matrix;
        left = Fold("sequential always has 1 worker.", left, matrix.Workers.Distinct().Count(), axes.Workers.Count);
        left = Fold("a channel applies to processes only.", left, matrix.Channel.Distinct().Count(), axes.Channels.Count);
        left = Fold("a start method applies to processes and process-per-task in Python only.", left, StartMethods(), axes.StartMethods.Count);
        var takesOne = CellAxes.TakesOneTask(axes.Runtime, axes.Strategy);
        Fold(
            takesOne ? "the .NET pool always takes 1 task at a time." : "a chunk size applies to pool and processes only.",
            left, matrix.ChunkSize.Distinct().Count(), axes.ChunkSizes.Count);
        _poolIsMoved |= takesOne && !matrix.ChunkSize.Contains(1);
        _sequentialIsMoved |= axes.Strategy == Strategy.Sequential && !matrix.Workers.Contains(1);
    }

    public IReadOnlyList<string> ToSentences()
    {
        List<string> notes = [.. _counts.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value:N0} {(pair.Value.IsOne ? "cell" : "cells")} {pair.Key}"))];
        if (_sequentialIsMoved)
        {
            notes.Add("Sequential cells have 1 worker, which the matrix does not list.");
        }

        if (_poolIsMoved)
        {
            notes.Add("Cells of the .NET pool have chunk size 1, which the matrix does not list.");
        }

        return notes;
    }

    private BigInteger Full() => variants * spec.Matrix.Workers.Distinct().Count() * spec.Matrix.Channel.Distinct().Count() * StartMethods() * spec.Matrix.ChunkSize.Distinct().Count();

    private int StartMethods() => Math.Max(1, spec.Matrix.StartMethod.Distinct().Count());

    private BigInteger Fold(string reason, BigInteger cells, int from, int to)
    {
        var left = from > to ? cells / from * to : cells;
        Add($"folded: {reason}", cells - left);
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
