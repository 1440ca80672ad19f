namespace Brigade.Web.Features.Compare;

/// <summary>What was answered to the question for what a run is to be the baseline.</summary>
/// <param name="Tag">Empty for all runs of the experiment.</param>
public sealed record Pin(string Tag, string Note);
