using System.Text.Json.Nodes;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Webhooks.Sending;

namespace Brigade.Web.Features.Webhooks;

/// <summary>A webhook as the API shows it.</summary>
/// <param name="Events">What it is told.</param>
/// <param name="Target">Where to; only the part that is no secret.</param>
/// <param name="Active">Whether it is told anything.</param>
/// <param name="Problem">Why Brigade itself has switched it off; absent where it has not.</param>
public sealed record WebhookResponse(Guid Id, string Name, WebhookFormat Format, IReadOnlyList<string> Events, string Target, bool Active, string? Problem, string CreatedBy, DateTimeOffset CreatedAt)
{
    internal static WebhookResponse Of(WebhookRow row) =>
        new(row.Id, row.Name, row.Format, row.KindList, row.Shown, row.IsActive, row.Problem.Length > 0 ? row.Problem : null, row.CreatedBy, row.CreatedAt);
}

/// <summary>A webhook and its secret: the only time that it is told.</summary>
/// <param name="Secret">What its requests are signed with; absent where they are not.</param>
public sealed record NewWebhookResponse(string? Secret, WebhookResponse Details);

/// <summary>One happening for one webhook, and how telling it went.</summary>
/// <param name="MessageId">The header <c>webhook-id</c>: the same each time it is sent.</param>
/// <param name="At">When it happened.</param>
/// <param name="Status">waiting, delivered or failed.</param>
/// <param name="Attempts">Tries since it was made, or asked for again.</param>
/// <param name="NextAt">When it is tried again; absent once it is over.</param>
/// <param name="ResponseStatus">HTTP status of the last answer; absent where there was none.</param>
/// <param name="Response">The beginning of the last answer, or why there was none.</param>
public sealed record DeliveryResponse(
    Guid Id, string MessageId, string Event, DateTimeOffset At, DeliveryStatus Status, int Attempts, DateTimeOffset? NextAt, DateTimeOffset? LastAt, int? ResponseStatus, string Response, double DurationMs)
{
    /// <summary>What is sent; absent in lists.</summary>
    public string? Payload { get; init; }

    internal static DeliveryResponse Of(DeliveryRow row) => new(
        row.Id, WebhookSignature.IdOf(row.HappeningId), row.Kind, row.At, row.Status, row.Attempts, row.Status == DeliveryStatus.Waiting ? row.DueAt : null, row.LastAt, row.ResponseStatus, row.Response, row.DurationMs);
}

/// <summary>A page of deliveries, newest first.</summary>
/// <param name="Next">What to send as <c>after</c> for the page behind this one; absent where there is none.</param>
public sealed record DeliveryListResponse(IReadOnlyList<DeliveryResponse> Items, string? Next);

/// <summary>Body of <c>POST /api/v1/webhooks</c>.</summary>
/// <param name="Format">standard, slack or mail. Default: standard.</param>
/// <param name="Target">An address of the web, or of mail.</param>
public sealed record WebhookBody(string Name, WebhookFormat? Format, string Target, IReadOnlyList<string> Events);

/// <summary>Body of <c>PATCH /api/v1/webhooks/{id}</c>: what is absent stays.</summary>
public sealed record WebhookChangeBody(string? Name, string? Target, IReadOnlyList<string>? Events, bool? Active);

/// <summary>Examples for the document.</summary>
internal static class WebhookExamples
{
    private const string Details =
        """
        { "id": "01a2117b-3c55-7d02-9f0e-8be1f3a6c0aa", "name": "dashboard", "format": "standard", "events": ["threshold.failed", "regression.found"], "target": "https://example.org/hooks/brigade",
          "active": true, "createdBy": "Ada", "createdAt": "2026-11-24T09:10:02+00:00" }
        """;

    public static JsonNode Body => JsonNode.Parse("""{ "name": "dashboard", "format": "standard", "target": "https://example.org/hooks/brigade", "events": ["threshold.failed", "regression.found"] }""")!;

    public static JsonNode Change => JsonNode.Parse("""{ "active": false }""")!;

    public static JsonNode Webhook => JsonNode.Parse(Details)!;

    public static JsonNode NewWebhook => new JsonObject { ["secret"] = "whsec_…", ["details"] = Webhook };

    public static JsonNode Delivery => JsonNode.Parse(
        """
        { "id": "01a2117c-0000-7d02-9f0e-8be1f3a6c0aa", "messageId": "msg_01a2117b3c557d029f0e8be1f3a6c0aa", "event": "regression.found", "at": "2026-11-24T09:12:02+00:00", "status": "waiting", "attempts": 2,
          "nextAt": "2026-11-24T09:12:40+00:00", "lastAt": "2026-11-24T09:12:20+00:00", "responseStatus": 503, "response": "try later", "durationMs": 41.7 }
        """)!;
}
