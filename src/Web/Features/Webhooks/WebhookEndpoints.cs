using System.Text.Json;
using Brigade.Contracts;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Features.Api;
using Brigade.Web.Features.Api.Repeats;

namespace Brigade.Web.Features.Webhooks;

/// <summary>REST: who is told what happens. For admins.</summary>
internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/webhooks", "Webhooks").RequireAuthorization(AccessPolicies.Admin);
        group.MapGet("", ListAsync).WithName("ListWebhooks").WithSummary("The workspace's webhooks, chats and mailboxes that are told what happens.").Produces<ListResponse<WebhookResponse>>();
        group.MapPost("", CreateAsync).WithName("CreateWebhook").WithSummary("Have somebody told what happens. The secret in the answer is told here only.")
            .WithDescription(
                "'events' are run.finished, threshold.failed and regression.found. 'format' is standard (a signed POST of JSON, as the Standard Webhooks specification has it), slack (a POST that Slack and compatible chats show as a message) "
                + "or mail. 'target' is an address of the web, or of mail.")
            .Accepts<WebhookBody>("application/json").WithBodyExample(WebhookExamples.Body).WithMetadata(new SecretAnswer())
            .Produces<NewWebhookResponse>(StatusCodes.Status201Created).WithAnswerExample(WebhookExamples.NewWebhook).ProducesBodyProblems().ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/{id:guid}", FindAsync).WithName("GetWebhook").WithSummary("One webhook, without its secrets.")
            .Produces<WebhookResponse>().WithAnswerExample(WebhookExamples.Webhook).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPatch("/{id:guid}", ChangeAsync).WithName("ChangeWebhook").WithSummary("Change a webhook, or switch it on or off; what is absent stays.")
            .Accepts<WebhookChangeBody>("application/json").WithBodyExample(WebhookExamples.Change)
            .Produces<WebhookResponse>().WithAnswerExample(WebhookExamples.Webhook).ProducesBodyProblems().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{id:guid}", DeleteAsync).WithName("DeleteWebhook").WithSummary("Delete a webhook with its deliveries.")
            .Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{id:guid}/test", TryAsync).WithName("TryWebhook").WithSummary("Send the event 'ping'. How that went is among its deliveries.")
            .Produces<WebhookResponse>(StatusCodes.Status202Accepted).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id:guid}/secret", RenewAsync).WithName("RenewWebhookSecret").WithSummary("Sign with another secret from now on. It is told here only.").WithMetadata(new SecretAnswer())
            .Produces<NewWebhookResponse>().WithAnswerExample(WebhookExamples.NewWebhook).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDeliveries();
    }

    private static async Task<IResult> ListAsync(WebhookStore store, CancellationToken cancellation)
    {
        var rows = await store.ListAsync(cancellation);
        return TypedResults.Ok(new ListResponse<WebhookResponse>([.. rows.Select(WebhookResponse.Of)], rows.Count));
    }

    private static async Task<IResult> FindAsync(Guid id, WebhookStore store, CancellationToken cancellation) =>
        await store.FindAsync(id, cancellation) is { } row ? TypedResults.Ok(WebhookResponse.Of(row)) : ApiSetup.NotFound("webhook", id);

    private static async Task<IResult> CreateAsync(HttpRequest request, WebhookDesk desk, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("name", "format", "target", "events") is { } unknown)
            return unknown.ToResult();
        if ((body.Has("format") ? Format(body.Value<JsonElement>("format")) : WebhookFormat.Standard) is not { } format)
            return SpecProblem.Unprocessable("/format", $"'format' is one of {string.Join(", ", Enum.GetNames<WebhookFormat>().Select(known => known.ToLowerInvariant()))}.").ToResult();
        var form = new WebhookForm(body.Value<string>("name") ?? "", format, (body.Value<string>("target") ?? "").Trim(), Events(body));
        if (form.Check([.. desk.Kinds.Keys]) is { Count: > 0 } errors)
            return SpecProblem.Unprocessable(errors).ToResult();
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return await desk.CreateAsync(form, cancellation) is var (secret, row)
            ? TypedResults.Created($"{ApiSetup.Prefix}/webhooks/{row.Id}", Told(secret, row))
            : TypedResults.Problem(title: "There are too many webhooks.", detail: $"The workspace has {WebhookStore.MostWebhooks}. Delete those that are not needed.", statusCode: StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ChangeAsync(Guid id, HttpRequest request, WebhookStore store, WebhookDesk desk, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("name", "target", "events", "active") is { } unknown)
            return unknown.ToResult();
        if (await store.FindAsync(id, cancellation) is not { } known)
            return ApiSetup.NotFound("webhook", id);
        var name = body.Has("name") ? (body.Value<string>("name") ?? "").Trim() : null;
        var target = body.Has("target") ? (body.Value<string>("target") ?? "").Trim() : null;
        var kinds = body.Has("events") ? Events(body) : null;
        var wrong = (name is null ? null : WebhookForm.CheckName(name)) ?? (target is null ? null : WebhookForm.CheckTarget(known.Format, target)) ?? (kinds is null ? null : WebhookForm.CheckKinds(kinds, [.. desk.Kinds.Keys]));
        if (wrong is not null)
            return SpecProblem.Unprocessable([wrong]).ToResult();
        var active = body.Value<JsonElement>("active");
        if (active.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.True or JsonValueKind.False))
            return SpecProblem.Unprocessable("/active", "'active' is true or false.").ToResult();
        var change = new WebhookChange
        {
            Name = name, Kinds = kinds, Target = target is null ? null : desk.NewTarget(known.Format, target), IsActive = active.ValueKind == JsonValueKind.Undefined ? null : active.GetBoolean(),
        };
        return await store.ChangeAsync(id, change, cancellation) is { } row ? TypedResults.Ok(WebhookResponse.Of(row)) : ApiSetup.NotFound("webhook", id);
    }

    private static async Task<IResult> DeleteAsync(Guid id, WebhookStore store, CancellationToken cancellation) =>
        await store.DeleteAsync(id, cancellation) ? TypedResults.NoContent() : ApiSetup.NotFound("webhook", id);

    private static async Task<IResult> TryAsync(Guid id, WebhookStore store, WebhookDesk desk, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is not { } row)
            return ApiSetup.NotFound("webhook", id);
        if (!row.IsActive)
            return TypedResults.Problem(title: "The webhook is switched off.", detail: "Switch it on first: PATCH it with {\"active\": true}.", statusCode: StatusCodes.Status409Conflict);
        await desk.TryAsync(id, cancellation);
        return TypedResults.Accepted($"{ApiSetup.Prefix}/webhooks/{id}/deliveries", WebhookResponse.Of(row));
    }

    private static async Task<IResult> RenewAsync(Guid id, HttpContext http, WebhookStore store, WebhookDesk desk, CancellationToken cancellation)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await desk.RenewSecretAsync(id, cancellation) is var (secret, row))
            return TypedResults.Ok(Told(secret, row));
        return await store.FindAsync(id, cancellation) is null
            ? ApiSetup.NotFound("webhook", id)
            : TypedResults.Problem(title: "The webhook has no secret.", detail: "Only webhooks of the format 'standard' are signed.", statusCode: StatusCodes.Status409Conflict);
    }

    private static NewWebhookResponse Told(string secret, WebhookRow row) => new(secret.Length > 0 ? secret : null, WebhookResponse.Of(row));

    private static IReadOnlyList<string> Events(ApiBody body) => body.Value<List<string?>>("events") is { } events ? [.. events.Select(kind => kind ?? "").Distinct(StringComparer.Ordinal)] : [];

    private static WebhookFormat? Format(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.Deserialize<WebhookFormat>(BrigadeJson.Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
