namespace Brigade.Web.Features.Webhooks;

/// <summary>How webhooks are told; configuration section <c>Brigade:Webhooks</c>.</summary>
internal sealed class WebhookOptions
{
    public const string Section = "Brigade:Webhooks";

    /// <summary>The pause after the first failure; four times as long after each further one, at most six hours.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Tries before a delivery is given up: with the rest as it comes, after about eight hours.</summary>
    public int Attempts { get; set; } = 8;

    /// <summary>How long a receiver may take to answer.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);
}
