using System.ComponentModel;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Features.Webhooks;

/// <summary>REST: what a webhook was told, and how that went.</summary>
internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this IEndpointRouteBuilder webhooks)
    {
        webhooks.MapGet("/{id:guid}/deliveries", ListAsync).WithName("ListDeliveries").WithSummary("What a webhook was told in the last 30 days, newest first, and how that went.")
            .Produces<DeliveryListResponse>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        webhooks.MapGet("/{id:guid}/deliveries/{deliveryId:guid}", FindAsync).WithName("GetDelivery").WithSummary("One delivery with what is sent.")
            .Produces<DeliveryResponse>().WithAnswerExample(WebhookExamples.Delivery).ProducesProblem(StatusCodes.Status404NotFound);
        webhooks.MapPost("/{id:guid}/deliveries/{deliveryId:guid}/replay", ReplayAsync).WithName("ReplayDelivery").WithSummary("Send it again, with the same id and the same body.")
            .Produces<DeliveryResponse>(StatusCodes.Status202Accepted).WithAnswerExample(WebhookExamples.Delivery).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(
        Guid id,
        [Description("Only those that are waiting, delivered or failed.")] string? status,
        [Description("Goes on behind the last one of a page: the value of its 'next'.")] string? after,
        [Description("How many to answer, 1 to 200. Default: 25.")] string? take,
        WebhookStore webhooks, DeliveryStore store, CancellationToken cancellation)
    {
        var errors = new ParameterErrors();
        var query = new DeliveryQuery
        {
            Status = string.IsNullOrEmpty(status) ? null : errors.Named<DeliveryStatus>("status", status, "status of a delivery"),
            After = Cursor.Read(errors, "after", after) is var (at, place) ? new DeliveryPlace(at, place) : null,
            Take = errors.Number("take", take, 25, 1, RunStore.MaximumPageSize),
        };
        if (errors.Any)
            return errors.ToResult();
        if (await webhooks.FindAsync(id, cancellation) is null)
            return ApiSetup.NotFound("webhook", id);
        var slice = await store.ListAsync(id, query, cancellation);
        return TypedResults.Ok(new DeliveryListResponse([.. slice.Items.Select(DeliveryResponse.Of)], slice.HasMore ? Cursor.Of(slice.Items[^1].At, slice.Items[^1].Id) : null));
    }

    private static async Task<IResult> FindAsync(Guid id, Guid deliveryId, DeliveryStore store, CancellationToken cancellation) =>
        await store.FindAsync(id, deliveryId, cancellation) is var (row, payload) ? TypedResults.Ok(DeliveryResponse.Of(row) with { Payload = payload }) : ApiSetup.NotFound("delivery", deliveryId);

    private static async Task<IResult> ReplayAsync(Guid id, Guid deliveryId, DeliveryStore store, CancellationToken cancellation) =>
        await store.ReplayAsync(id, deliveryId, cancellation) is { } row
            ? TypedResults.Accepted($"{ApiSetup.Prefix}/webhooks/{id}/deliveries/{deliveryId}", DeliveryResponse.Of(row))
            : ApiSetup.NotFound("delivery", deliveryId);
}
