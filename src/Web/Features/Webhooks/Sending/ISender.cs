using Brigade.Data.Entities;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Webhooks.Sending;

/// <summary>Something to send.</summary>
/// <param name="Target">An address of the web or of mail.</param>
/// <param name="Secret">Empty where it is not signed.</param>
internal sealed record Outgoing(DueDelivery Due, string Target, string Secret);

/// <summary>How sending went.</summary>
/// <param name="RetryAfter">What the receiver asked for, where it did.</param>
/// <param name="IsGone">The receiver does not want to be told any more.</param>
internal sealed record SendOutcome(bool IsDelivered, int? Status, string Response, TimeSpan? RetryAfter = null, bool IsGone = false);

/// <summary>Sends by one way.</summary>
internal interface ISender
{
    bool Sends(WebhookFormat format);

    /// <summary>Tries once. It throws nothing but what ends the server's wait.</summary>
    Task<SendOutcome> SendAsync(Outgoing outgoing, CancellationToken cancellation);
}
