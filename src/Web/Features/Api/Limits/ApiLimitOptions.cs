namespace Brigade.Web.Features.Api.Limits;

/// <summary>How much one caller may ask; configuration section <c>Brigade:Api</c>.</summary>
internal sealed class ApiLimitOptions
{
    public const string Section = "Brigade:Api";

    /// <summary>Requests of one user or key within a minute; far more than a person, a pipeline or a busy script needs.</summary>
    public int RequestsPerMinute { get; set; } = 30_000;

    /// <summary>Streams of events that one user or key may have open.</summary>
    public int OpenStreams { get; set; } = 100;
}
