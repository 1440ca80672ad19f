using System.Globalization;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Web.Features.Runs.Guessing;

/// <summary>The question before a run, as far as it is answered.</summary>
public sealed class GuessForm
{
    /// <summary>Whether it is asked at all.</summary>
    public bool IsAsked { get; set; }

    public Strategy? Strategy { get; set; }

    /// <summary>Empty for any.</summary>
    public string Runtime { get; set; } = "";

    /// <summary>Empty for any.</summary>
    public string Workers { get; set; } = "";

    /// <summary>Empty for no guess.</summary>
    public string Speedup { get; set; } = "";

    /// <summary>Whether the reader wanted to go on without an answer.</summary>
    public bool IsMissed { get; private set; }

    /// <summary>Whether the run can begin: the question is answered, or not asked.</summary>
    public bool IsSettled()
    {
        IsMissed = IsAsked && Strategy is null;
        return !IsMissed;
    }

    /// <summary>The answer as a guess about a spec; null where it is not asked or not answered. What the spec no longer measures is left out.</summary>
    public Guess? Read(ExperimentSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var matrix = SearchSpace.Fill(spec).Matrix;
        if (!IsAsked || Strategy is not { } strategy || !matrix.Strategy.Contains(strategy))
            return null;
        var workers = int.TryParse(Workers, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && matrix.Workers.Contains(count) ? count : (int?)null;
        var speedup = double.TryParse(Speedup, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor > 0 && double.IsFinite(factor) ? factor : (double?)null;
        return new Guess(strategy, matrix.Runtime.Contains(Runtime, StringComparer.Ordinal) ? Runtime : null, workers, speedup);
    }
}
