using System.Globalization;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec.Reading;

namespace Brigade.Contracts.Spec.Validation;

/// <summary>The lists that multiply: none empty, none with a value twice, all in range, and not too many cells together.</summary>
internal static class MatrixRules
{
    private const int OldestPythonMinor = 9;
    private const int MaximumPayload = 64 * 1024 * 1024;

    public static void Check(ExperimentSpec spec, RuleContext context)
    {
        var matrix = spec.Matrix;
        CheckSize(spec, context);
        CheckRuntimes(matrix.Runtime, context);
        context.Distinct("/matrix/strategy", matrix.Strategy, EnumName.Of);
        CheckNumbers("/matrix/workers", matrix.Workers, 1, 256, context);
        context.Distinct("/matrix/channel", matrix.Channel, EnumName.Of);
        context.Unique("/matrix/startMethod", matrix.StartMethod, EnumName.Of);
        CheckNumbers("/matrix/chunkSize", matrix.ChunkSize, 1, 1_000_000, context);
        CheckNumbers("/matrix/payloadBytes", matrix.PayloadBytes, 0, MaximumPayload, context);
        RefuseNotYet(matrix, context);
    }

    private static void CheckRuntimes(IReadOnlyList<string> runtimes, RuleContext context)
    {
        const string pointer = "/matrix/runtime";
        context.Distinct(pointer, runtimes, name => name);
        for (var i = 0; i < runtimes.Count && !context.IsFull; i++)
        {
            var at = JsonPointer.Append(pointer, i);
            if (!IsRuntimeName(runtimes[i], out var minor))
            {
                context.Report(at, $"{SpecLabel.Of(at)} is '{SpecLabel.Shorten(runtimes[i])}'{Suggestion.End(runtimes[i], ["dotnet", "python", "python3"])} Allowed: dotnet, python, or one interpreter such as python3.11 or python3.13t.");
            }
            else if (minor < OldestPythonMinor)
            {
                context.Report(at, $"{SpecLabel.Of(at)} is '{runtimes[i]}'; Python has to be 3.{OldestPythonMinor} or newer.");
            }
        }
    }

    /// <summary>Whether a name is <c>dotnet</c>, <c>python</c>, <c>python3</c>, <c>python3.N</c> or <c>python3.Nt</c> (built without the GIL).</summary>
    /// <param name="minor">N; the highest there is where the name has none.</param>
    private static bool IsRuntimeName(string name, out int minor)
    {
        minor = int.MaxValue;
        if (name is RuntimeNames.DotNet or RuntimeNames.Python or "python3")
        {
            return true;
        }

        const string prefix = "python3.";
        var digits = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : "";
        digits = digits.EndsWith('t') ? digits[..^1] : digits;
        return digits.Length is 1 or 2
            && (digits.Length == 1 || digits[0] != '0')
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out minor);
    }

    private static void CheckNumbers(string pointer, IReadOnlyList<int> values, int minimum, int maximum, RuleContext context)
    {
        context.Distinct(pointer, values, value => value.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < values.Count && !context.IsFull; i++)
        {
            context.InRange(JsonPointer.Append(pointer, i), values[i], minimum, maximum);
        }
    }

    private static void RefuseNotYet(MatrixSpec matrix, RuleContext context)
    {
        for (var i = 0; i < matrix.Strategy.Count; i++)
        {
            if (matrix.Strategy[i] == Strategy.ProcessPerTask)
            {
                context.ReportNotYet(JsonPointer.Append("/matrix/strategy", i), "strategy process-per-task; use processes.");
            }
        }

        for (var i = 0; i < matrix.Channel.Count; i++)
        {
            if (matrix.Channel[i] != Channel.Pipe)
            {
                context.ReportNotYet(JsonPointer.Append("/matrix/channel", i), $"channel {EnumName.Of(matrix.Channel[i])}; use pipe.");
            }
        }

        for (var i = 0; i < matrix.PayloadBytes.Count; i++)
        {
            if (matrix.PayloadBytes[i] > 0)
            {
                context.ReportNotYet(JsonPointer.Append("/matrix/payloadBytes", i), "a payload of more than 0 bytes; remove payloadBytes.");
            }
        }
    }

    private static void CheckSize(ExperimentSpec spec, RuleContext context)
    {
        var size = TrialPlanner.Count(spec);
        if (spec.Matrix.Runtime.Count > 0 && spec.Matrix.Runtime.All(runtime => !RuntimeNames.CanRun(spec.Workload, runtime)))
        {
            context.Report("/matrix", $"matrix has no valid cell: code in {spec.Workload.Code?.Language} does not run on {string.Join(" or ", spec.Matrix.Runtime)}; add the code's own runtime to matrix.runtime.");
        }
        else if (spec.Repeat is > 0 and <= LoadRules.MaximumRepeat && size.Trials > TrialPlanner.MaximumTrials)
        {
            context.Report("/matrix", string.Create(CultureInfo.InvariantCulture, $"The matrix makes {size.Cells:N0} cells, which with repeat {spec.Repeat} are {size.Trials:N0} trials; the most is {TrialPlanner.MaximumTrials:N0}. Shorten a list of the matrix, or repeat less often."));
        }
    }
}
