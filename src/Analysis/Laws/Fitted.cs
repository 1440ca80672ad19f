namespace Brigade.Analysis.Laws;

/// <summary>A fitted law, or why there is none.</summary>
/// <param name="Law">Null where the points do not allow a fit.</param>
/// <param name="Problem">What is wrong with the points and how to mend it, as a sentence; empty where there is a fit.</param>
public sealed record Fitted<T>(T? Law, string Problem)
    where T : class;

/// <summary>A 95 % interval.</summary>
public sealed record Interval(double Low, double High);
