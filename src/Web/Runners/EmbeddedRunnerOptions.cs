namespace Brigade.Web.Runners;

/// <summary>How the embedded runner is supervised; configuration section <c>Brigade:Runner</c>.</summary>
public sealed class EmbeddedRunnerOptions
{
    /// <summary>The first pause before a runner that died is started again; it doubles up to half a minute.</summary>
    public TimeSpan RestartAfter { get; set; } = TimeSpan.FromSeconds(1);
}
