using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Brigade.Data.Queries;
using Brigade.Web.Features.Api;
using Brigade.Web.Features.Compare;

namespace Brigade.Web.Features.Sharing;

/// <summary>Body of <c>POST /api/v1/shares</c>, for the document; exactly one of the first three.</summary>
/// <param name="RunId">One run.</param>
/// <param name="ExperimentId">The latest completed run of an experiment.</param>
/// <param name="Runs">A comparison; the first is what the others are compared with.</param>
/// <param name="Cells">Of a comparison: only these cells of the first run, from 0.</param>
/// <param name="ExpiresInDays">1 to 3650, or null for no end. Default: 30.</param>
/// <param name="Password">8 to 128 characters; absent where the link alone is enough.</param>
/// <param name="WithSpec">Whether the visitor also reads the spec and the host's name. Default: false.</param>
internal sealed record ShareBody(Guid? RunId, Guid? ExperimentId, IReadOnlyList<Guid>? Runs, IReadOnlyList<int>? Cells, int? ExpiresInDays, string? Password, bool? WithSpec, string? Note);

/// <summary>A link that was made. Its addresses are told this once.</summary>
/// <param name="EmbedUrl">A chart for another page; absent with a password.</param>
/// <param name="BadgeUrl">An SVG badge; absent with a password.</param>
internal sealed record ShareMade(Guid Id, string Url, string? EmbedUrl, string? BadgeUrl, DateTimeOffset? ExpiresAt);

/// <summary>REST: links for people outside.</summary>
internal static class ShareEndpoints
{
    private static readonly string[] Members = ["runId", "experimentId", "runs", "cells", "expiresInDays", "password", "withSpec", "note"];

    public static void MapShares(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/shares", "Sharing");
        group.MapGet("", ListAsync).WithName("ListShares").WithSummary("Share links that were not revoked, newest first: who made them, when they end, when somebody looked last. Never their addresses.")
            .Produces<ListResponse<ShareRow>>().ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPost("", MakeAsync).WithName("MakeShare").WithSummary("Make a link by which somebody outside reads one run, one comparison, or an experiment's latest run, and nothing else.")
            .WithDescription("The addresses are in the answer and are told this once. 'badgeUrl' is an SVG of the state, 'embedUrl' a chart to frame (?chart=throughput, speedup or latency).")
            .Accepts<ShareBody>("application/json").WithBodyExample(new JsonObject { ["runId"] = "01a20c34-f0e2-7ea4-a642-2a357692ffc3", ["expiresInDays"] = 30 })
            .Produces<ShareMade>(StatusCodes.Status201Created).ProducesBodyProblems().ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{id:guid}", RevokeAsync).WithName("RevokeShare").WithSummary("Revoke a link: it opens nothing from now on.")
            .Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(
        [Description("Only links of this run.")] string? runId, [Description("Only links of this experiment's latest run.")] string? experimentId, ShareStore store, CancellationToken cancellation)
    {
        var errors = new ParameterErrors();
        var (run, experiment) = (Id("runId", runId, errors), Id("experimentId", experimentId, errors));
        if (run is not null && experiment is not null)
            errors.Add("experimentId", "Ask for links of a run or of an experiment, not of both.");
        if (errors.Any)
            return errors.ToResult();
        var rows = await store.ListAsync(run is { } ofRun ? ShareTarget.OfRun(ofRun) : experiment is { } ofExperiment ? ShareTarget.OfLatest(ofExperiment) : null, cancellation);
        return TypedResults.Ok(new ListResponse<ShareRow>(rows, rows.Count));
    }

    private static Guid? Id(string name, string? text, ParameterErrors errors)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (Guid.TryParse(text, out var id))
            return id;
        errors.Add(name, $"'{text}' is no id.");
        return null;
    }

    private static async Task<IResult> MakeAsync(HttpRequest request, ShareMaking making, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown(Members) is { } unknown)
            return unknown.ToResult();
        var (target, wrong) = Target(body);
        if (target is null)
            return wrong!.ToResult();
        var (days, badDays) = Days(body);
        var (password, note) = (Text(body, "password"), Text(body, "note"));
        var withSpec = body.Value<JsonElement>("withSpec").ValueKind;
        if ((badDays ?? Refusal(password, note, withSpec)) is { } refusal)
            return refusal.ToResult();
        if (await making.MakeAsync(target, withSpec == JsonValueKind.True, note!, days, password!, cancellation) is not { } made)
            return TypedResults.Problem(title: "There is nothing to share.", detail: "The workspace does not have what the link is to show.", statusCode: StatusCodes.Status404NotFound);
        var snippets = ShareSnippets.Of(made, $"{request.Scheme}://{request.Host}");
        return TypedResults.Created($"{ApiSetup.Prefix}/shares/{made.Row.Id}", new ShareMade(made.Row.Id, snippets.Url, snippets.EmbedUrl, snippets.BadgeUrl, made.Row.ExpiresAt));
    }

    private static SpecProblem? Refusal(string? password, string? note, JsonValueKind withSpec) =>
        password is null || ShareMaking.ProblemOf(password) is not null ? SpecProblem.Unprocessable("/password", ShareMaking.ProblemOf(password ?? "x")!)
        : note is null || note.Trim().Length > ShareStore.LongestNote ? SpecProblem.Unprocessable("/note", $"A note is text of at most {ShareStore.LongestNote} characters.")
        : withSpec is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False) ? SpecProblem.Unprocessable("/withSpec", "Say true or false.")
        : null;

    // Null where it is there and no text.
    private static string? Text(ApiBody body, string name) => body.Has(name) && body.Value<JsonNode>(name) is not null ? body.Value<string>(name) : "";

    private static (int? Days, SpecProblem? Problem) Days(ApiBody body)
    {
        if (!body.Has("expiresInDays"))
            return (ShareMaking.DefaultDays, null);
        var value = body.Value<JsonElement>("expiresInDays");
        if (value.ValueKind == JsonValueKind.Null)
            return (null, null);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var days) && days is >= 1 and <= ShareMaking.MostDays
            ? (days, null)
            : (null, SpecProblem.Unprocessable("/expiresInDays", string.Create(CultureInfo.InvariantCulture, $"Say how many days the link is to work, 1 to {ShareMaking.MostDays}, or null for no end.")));
    }

    private static (ShareTarget? Target, SpecProblem? Problem) Target(ApiBody body)
    {
        string[] kinds = ["runId", "experimentId", "runs"];
        if (kinds.Count(body.Has) != 1)
            return (null, SpecProblem.Unprocessable("", "Send exactly one of 'runId', 'experimentId' and 'runs'."));
        if (body.Has("cells") && !body.Has("runs"))
            return (null, SpecProblem.Unprocessable("/cells", "Cells are of a comparison: send them with 'runs'."));
        if (body.Has("runs"))
            return Comparison(body);
        var name = body.Has("runId") ? "runId" : "experimentId";
        if (!Guid.TryParse(body.Value<string>(name), out var id))
            return (null, SpecProblem.Unprocessable("/" + name, "This is no id."));
        return (name == "runId" ? ShareTarget.OfRun(id) : ShareTarget.OfLatest(id), null);
    }

    private static (ShareTarget? Target, SpecProblem? Problem) Comparison(ApiBody body)
    {
        var runs = body.Value<string[]>("runs");
        var cells = body.Has("cells") ? body.Value<int[]>("cells") : [];
        if (runs is null || Array.Exists(runs, run => run is null))
            return (null, SpecProblem.Unprocessable("/runs", "Send a list of ids of runs."));
        if (cells is null || Array.Exists(cells, cell => cell < 0))
            return (null, SpecProblem.Unprocessable("/cells", "Send a list of numbers of cells, from 0."));
        var asked = ComparedIds.Read(string.Join(',', runs), string.Join(',', cells.Select(cell => cell.ToString(CultureInfo.InvariantCulture))));
        if (asked.Problems is [var (parameter, message), ..])
            return (null, SpecProblem.Unprocessable("/" + parameter, message));
        return asked.Runs.Count > 1 || (asked.Runs.Count == 1 && asked.Cells.Count > 1)
            ? (ShareTarget.OfComparison(asked.Runs, asked.Cells), null)
            : (null, SpecProblem.Unprocessable("/runs", "Name at least two runs, or one and two of its cells."));
    }

    private static async Task<IResult> RevokeAsync(Guid id, ShareStore store, CancellationToken cancellation) =>
        await store.RevokeAsync(id, cancellation) ? TypedResults.NoContent() : ApiSetup.NotFound("share link", id);
}
