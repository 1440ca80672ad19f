using Brigade.Contracts.Spec;

namespace Brigade.Web.Features.Experiments.Form;

/// <summary>Turns what was typed into the form into a spec.</summary>
public static class SpecFormReader
{
    /// <summary>The spec, not yet validated, or what in the form cannot be read; never both.</summary>
    public static SpecReading Read(SpecForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var fields = new FormFields();
        var (workload, swept) = form.Workload.Read(fields);
        var spec = form.Origin with
        {
            Name = form.Name.Trim(),
            Workload = workload,
            Matrix = ReadMatrix(form, fields) with { Params = swept },
            Load = form.IsSearch ? form.Origin.Load : form.Load.Read(fields),
            Warmup = form.IsSearch ? form.Origin.Warmup : form.Warmup == AmountKind.Duration
                ? new WarmupSpec { Duration = fields.Duration(form.WarmupDuration, "/warmup/duration") }
                : new WarmupSpec { Tasks = fields.Number(form.WarmupTasks, "/warmup/tasks", "the number of tasks, 0 for none") },
            Repeat = form.IsSearch ? form.Origin.Repeat : fields.Small(form.Repeat, "/repeat", "how often each cell is measured, for example 3"),
            Stop = form.IsSearch || form.StopError.Trim().Length == 0 ? null : new StopSpec
            {
                RelativeError = fields.Ratio(form.StopError, "/stop/relativeError"),
                AtLeast = fields.Small(form.StopAtLeast, "/stop/atLeast", "how often a cell is measured at least, for example 3"),
            },
            Order = form.Order,
            Seed = form.Seed.Trim().Length == 0 ? null : fields.Small(form.Seed, "/seed", "a whole number, or nothing to have one drawn"),
            Limits = ReadLimits(form, fields),
            Faults = form.IsSearch ? [] : [.. form.Faults.Select((fault, index) => fault.Read(fields, index))],
            Thresholds = FormFields.Split(form.Thresholds, '\n'),
            Abort = FormFields.Split(form.Abort, '\n'),
            Tags = FormFields.Split(form.Tags, ','),
        };
        spec = form.IsSearch ? SearchSpec.Of(spec with { Load = new LoadSpec { Tasks = 1 }, Search = ReadSearch(form, fields) }) : spec with { Search = null };
        return fields.Errors.Count == 0 ? new SpecReading(spec, []) : new SpecReading(null, fields.Errors);
    }

    private static MatrixSpec ReadMatrix(SpecForm form, FormFields fields) => form.Origin.Matrix with
    {
        Runtime = form.IsSearch ? [.. form.Runtimes] : fields.Some(form.Runtimes, "/matrix/runtime", "Choose at least one runtime."),
        Strategy = form.IsSearch ? [.. form.Strategies] : fields.Some(form.Strategies, "/matrix/strategy", "Choose at least one strategy."),
        Workers = IsOpen(form, form.Workers) ? [] : fields.Whole(form.Workers, "/matrix/workers", "worker counts, for example 1, 2, 4"),
        Channel = form.Channels.Count == 0 && !form.IsSearch ? [Channel.Pipe] : [.. form.Channels],
        StartMethod = [.. form.StartMethods],
        ChunkSize = IsOpen(form, form.ChunkSizes) ? [] : fields.Whole(form.ChunkSizes, "/matrix/chunkSize", "whole numbers, for example 1, 64"),
        PayloadBytes = fields.Whole(form.Payloads, "/matrix/payloadBytes", "whole numbers of bytes, for example 0, 65536"),
    };

    private static LimitsSpec ReadLimits(SpecForm form, FormFields fields) => form.Origin.Limits with
    {
        TrialTimeout = fields.Duration(form.TrialTimeout, "/limits/trialTimeout"),
        Memory = form.Memory.Trim().Length == 0 ? null : fields.Size(form.Memory, "/limits/memory"),
        CpuSet = FormFields.Optional(form.CpuSet.Trim()),
    };

    private static SearchSpec ReadSearch(SpecForm form, FormFields fields) =>
        new() { Budget = fields.Duration(form.Budget, "/search/budget"), Difference = fields.Ratio(form.Difference, "/search/difference") };

    /// <summary>A search fills what nothing is typed for.</summary>
    private static bool IsOpen(SpecForm form, string typed) => form.IsSearch && typed.Trim().Length == 0;
}
