using System.Text.Json.Nodes;

namespace Brigade.Web.Features.Api;

/// <summary>Short forms for what the document says of many endpoints.</summary>
internal static class EndpointDocumentation
{
    /// <summary>What every endpoint that stores something can answer.</summary>
    public static RouteHandlerBuilder ProducesWriteProblems(this RouteHandlerBuilder endpoint) => endpoint.ProducesProblem(StatusCodes.Status507InsufficientStorage);

    /// <summary>Everything that can be wrong with a body that is to be stored.</summary>
    public static RouteHandlerBuilder ProducesBodyProblems(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesWriteProblems()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    public static RouteHandlerBuilder WithBodyExample(this RouteHandlerBuilder endpoint, JsonNode example) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        foreach (var content in operation.RequestBody?.Content?.Values ?? [])
            content.Example = example.DeepClone();
        return Task.CompletedTask;
    });

    /// <summary>An example of what a request that went well answers.</summary>
    public static RouteHandlerBuilder WithAnswerExample(this RouteHandlerBuilder endpoint, JsonNode example) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        foreach (var content in operation.Responses?.Where(response => response.Key.StartsWith('2')).SelectMany(response => response.Value.Content?.Values ?? []) ?? [])
            content.Example = example.DeepClone();
        return Task.CompletedTask;
    });
}
