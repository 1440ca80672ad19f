using System.Globalization;
using Brigade.Contracts.Spec;

namespace Brigade.Web.Features.Experiments;

/// <summary>Turns what was typed into the form into a spec.</summary>
public static class SpecFormReader
{
    /// <summary>The spec, not yet validated, or what in the form cannot be read; never both.</summary>
    public static SpecReading Read(SpecForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var reading = new Fields();
        var origin = form.Origin;
        var swept = new Dictionary<string, IReadOnlyList<ParameterValue>>(StringComparer.Ordinal);
        var workload = Workload(form, swept);
        var spec = origin with
        {
            Name = form.Name.Trim(),
            Workload = workload,
            Matrix = origin.Matrix with
            {
                Runtime = reading.Some(form.Runtimes, "/matrix/runtime", "Choose at least one runtime."),
                Strategy = reading.Some(form.Strategies, "/matrix/strategy", "Choose at least one strategy."),
                Workers = reading.Whole(form.Workers, "/matrix/workers", "worker counts, for example 1, 2, 4"),
                Channel = form.Channels.Count == 0 ? [Channel.Pipe] : [.. form.Channels],
                StartMethod = [.. form.StartMethods],
                ChunkSize = reading.Whole(form.ChunkSizes, "/matrix/chunkSize", "whole numbers, for example 1, 64"),
                PayloadBytes = reading.Whole(form.Payloads, "/matrix/payloadBytes", "whole numbers of bytes, for example 0, 65536"),
                Params = form.Kind == WorkloadKind.Kernel ? swept : origin.Matrix.Params,
            },
            Load = form.Load switch
            {
                AmountKind.Tasks => new LoadSpec { Tasks = reading.Number(form.LoadTasks, "/load/tasks", "the number of tasks, for example 200") },
                AmountKind.Duration => new LoadSpec { Duration = reading.Duration(form.LoadDuration, "/load/duration") },
                _ => origin.Load,
            },
            Warmup = form.Warmup == AmountKind.Duration
                ? new WarmupSpec { Duration = reading.Duration(form.WarmupDuration, "/warmup/duration") }
                : new WarmupSpec { Tasks = reading.Number(form.WarmupTasks, "/warmup/tasks", "the number of tasks, 0 for none") },
            Repeat = (int)Math.Clamp(reading.Number(form.Repeat, "/repeat", "how often each cell is measured, for example 3"), int.MinValue, int.MaxValue),
            Order = form.Order,
            Seed = form.Seed.Trim().Length == 0 ? null : (int)Math.Clamp(reading.Number(form.Seed, "/seed", "a whole number, or nothing to have one drawn"), int.MinValue, int.MaxValue),
            Limits = new LimitsSpec
            {
                TrialTimeout = reading.Duration(form.TrialTimeout, "/limits/trialTimeout"),
                Memory = form.Memory.Trim().Length == 0 ? null : reading.Size(form.Memory, "/limits/memory"),
            },
            Thresholds = Split(form.Thresholds, '\n'),
            Tags = Split(form.Tags, ','),
        };
        return reading.Errors.Count == 0 ? new SpecReading(spec, []) : new SpecReading(null, reading.Errors);
    }

    private static WorkloadSpec Workload(SpecForm form, Dictionary<string, IReadOnlyList<ParameterValue>> swept)
    {
        switch (form.Kind)
        {
            case WorkloadKind.Code:
                return new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = form.Source } };
            case WorkloadKind.Other:
                return form.Origin.Workload;
            default:
                var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);
                foreach (var (name, text) in form.Params)
                {
                    // A URL may hold a comma; a number may not.
                    var isText = KernelCatalogue.Find(form.Kernel)?.Parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal))?.IsText ?? false;
                    var values = isText ? [text.Trim()] : Split(text, ',');
                    if (values.Length > 1)
                        swept[name] = [.. values.Select(ParameterValue.Parse)];
                    else if (values.Length == 1 && values[0].Length > 0)
                        parameters[name] = isText ? ParameterValue.Of(values[0]) : ParameterValue.Parse(values[0]);
                }

                return new WorkloadSpec { Kernel = form.Kernel, Params = parameters };
        }
    }

    private static string[] Split(string text, char by) => text.Split(by, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private sealed class Fields
    {
        public List<SpecError> Errors { get; } = [];

        public IReadOnlyList<T> Some<T>(IReadOnlyList<T> values, string pointer, string message)
        {
            if (values.Count == 0)
                Errors.Add(new SpecError(pointer, message));
            return [.. values];
        }

        public IReadOnlyList<int> Whole(string text, string pointer, string wanted)
        {
            var values = new List<int>();
            foreach (var part in Split(text, ','))
            {
                if (int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
                    values.Add(value);
                else
                    Errors.Add(new SpecError(pointer, $"'{part}' is not a whole number: write {wanted}."));
            }

            if (values.Count == 0 && Errors.TrueForAll(error => !string.Equals(error.Pointer, pointer, StringComparison.Ordinal)))
                Errors.Add(new SpecError(pointer, $"Nothing is given: write {wanted}."));
            return values;
        }

        public long Number(string text, string pointer, string wanted)
        {
            if (long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
                return value;
            Errors.Add(new SpecError(pointer, $"'{text.Trim()}' is not a whole number: write {wanted}."));
            return 0;
        }

        public TimeSpan Duration(string text, string pointer)
        {
            if (Units.TryParseDuration(text, out var duration))
                return duration;
            Errors.Add(new SpecError(pointer, $"'{text.Trim()}' is not a duration: write a number with ms, s, m or h, for example 500ms or 5s."));
            return default;
        }

        public long Size(string text, string pointer)
        {
            if (Units.TryParseSize(text, out var bytes))
                return bytes;
            Errors.Add(new SpecError(pointer, $"'{text.Trim()}' is not a size: write a number with KiB, MiB or GiB, for example 512MiB."));
            return 0;
        }
    }
}
