using System.Globalization;
using System.Numerics;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec.Reading;

namespace Brigade.Contracts.Spec.Validation;

/// <summary>The lists that multiply: none empty, none with a value twice, all in range, and not too many cells together.</summary>
internal static class MatrixRules
{
    private const int MaximumPayload = 64 * 1024 * 1024;

    public static void Check(ExperimentSpec spec, RuleContext context)
    {
        var matrix = spec.Matrix;
        CheckSize(spec, context);
        var isOpen = spec.Search is not null;
        CheckRuntimes(matrix.Runtime, isOpen, context);
        CheckList("/matrix/strategy", matrix.Strategy, EnumName.Of, isOpen, context);
        CheckNumbers("/matrix/workers", matrix.Workers, 1, 256, isOpen, context);
        CheckList("/matrix/channel", matrix.Channel, EnumName.Of, isOpen, context);
        context.Unique("/matrix/startMethod", matrix.StartMethod, EnumName.Of);
        CheckNumbers("/matrix/chunkSize", matrix.ChunkSize, 1, 1_000_000, isOpen, context);
        CheckNumbers("/matrix/payloadBytes", matrix.PayloadBytes, 0, MaximumPayload, mayBeEmpty: false, context);
    }

    private static void CheckList<T>(string pointer, IReadOnlyList<T> values, Func<T, string> show, bool mayBeEmpty, RuleContext context)
        where T : notnull
    {
        if (mayBeEmpty)
        {
            context.Unique(pointer, values, show);
        }
        else
        {
            context.Distinct(pointer, values, show);
        }
    }

    private static void CheckRuntimes(IReadOnlyList<string> runtimes, bool mayBeEmpty, RuleContext context)
    {
        const string pointer = "/matrix/runtime";
        CheckList(pointer, runtimes, name => name, mayBeEmpty, context);
        for (var i = 0; i < runtimes.Count && !context.IsFull; i++)
        {
            var at = JsonPointer.Append(pointer, i);
            var version = 0;
            var kind = RuntimeCatalogue.All.FirstOrDefault(kind => kind.IsName(runtimes[i], out version));
            if (kind is null)
            {
                context.Report(at, $"{SpecLabel.Of(at)} is '{SpecLabel.Shorten(runtimes[i])}'{Suggestion.End(runtimes[i], [.. RuntimeCatalogue.All.SelectMany(known => (string[])[known.Name, .. known.Aliases])])} Allowed: {string.Join(", ", RuntimeCatalogue.All.Select(known => known.Name))}, or one version such as python3.11, python3.13t or node20.");
            }
            else if (version < kind.OldestVersion)
            {
                context.Report(at, $"{SpecLabel.Of(at)} is '{runtimes[i]}'; {kind.Title} has to be {kind.VersionPrefix?[kind.Name.Length..]}{kind.OldestVersion} or newer.");
            }
        }
    }

    private static void CheckNumbers(string pointer, IReadOnlyList<int> values, int minimum, int maximum, bool mayBeEmpty, RuleContext context)
    {
        CheckList(pointer, values, value => value.ToString(CultureInfo.InvariantCulture), mayBeEmpty, context);
        for (var i = 0; i < values.Count && !context.IsFull; i++)
        {
            context.InRange(JsonPointer.Append(pointer, i), values[i], minimum, maximum);
        }
    }

    /// <summary>What a runtime of the matrix does not have yet.</summary>
    private static void CheckSize(ExperimentSpec spec, RuleContext context)
    {
        var size = TrialPlanner.Count(spec);
        if (spec.Matrix.Runtime.Count > 0 && spec.Matrix.Runtime.All(runtime => !RuntimeNames.CanRun(spec.Workload, runtime)))
        {
            context.Report("/matrix", $"matrix has no valid cell: code in {spec.Workload.Code?.Language} does not run on {string.Join(" or ", spec.Matrix.Runtime)}; add the code's own runtime to matrix.runtime.");
        }
        else if (size.Cells.IsZero && TrialPlanner.Gaps(spec).Select(gap => gap.Reason).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } gaps)
        {
            context.Report("/matrix", $"matrix has no valid cell: {string.Join(' ', gaps)} Add a runtime that has it to matrix.runtime, or take it out.");
        }
        else if (spec.Search is not null)
        {
            CheckCandidates(size.Cells, context);
        }
        else if (spec.Repeat is > 0 and <= LoadRules.MaximumRepeat && size.Trials > TrialPlanner.MaximumTrials)
        {
            context.Report("/matrix", string.Create(CultureInfo.InvariantCulture, $"The matrix makes {size.Cells:N0} cells, which with repeat {spec.Repeat} are {size.Trials:N0} trials; the most is {TrialPlanner.MaximumTrials:N0}. Shorten a list of the matrix, or repeat less often."));
        }
    }

    private static void CheckCandidates(BigInteger cells, RuleContext context)
    {
        if (cells > SearchSpace.MaximumCandidates)
        {
            context.Report("/matrix", string.Create(CultureInfo.InvariantCulture, $"The matrix makes {cells:N0} candidates; the most that a search takes is {SearchSpace.MaximumCandidates:N0}. Shorten a list of the matrix, or leave it out."));
        }
    }
}
