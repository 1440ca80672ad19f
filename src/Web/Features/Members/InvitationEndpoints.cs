using System.Text.Json.Nodes;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Features.Api;

namespace Brigade.Web.Features.Members;

/// <summary>The body of an invitation.</summary>
internal sealed record InvitationBody(WorkspaceRole Role, string? Email, int? Days);

/// <summary>A new invitation.</summary>
/// <param name="Url">The link, told this once.</param>
/// <param name="IsMailed">Whether it was also sent to the address.</param>
internal sealed record NewInvitationResponse(InvitationRow Invitation, string Url, bool IsMailed);

/// <summary>REST: invitations.</summary>
internal static class InvitationEndpoints
{
    private const int DefaultDays = 7;

    public static void MapInvitations(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("/invitations", "Members").RequireAuthorization(AccessPolicies.Admin);
        group.MapGet("", ListAsync).WithName("ListInvitations").WithSummary("Invitations that nobody has accepted yet, newest first.").Produces<ListResponse<InvitationRow>>();
        group.MapPost("", InviteAsync).WithName("Invite").WithSummary("Make a link that makes whoever opens it a member, once.")
            .WithDescription($"'role' is viewer, editor, admin or owner; the last two take an owner. 'email' says whom it is for and may be absent; where mail is configured, the link is sent there too. 'days' is 1 to {InvitationStore.MostDays}, {DefaultDays} where absent. The link is answered this once.")
            .Accepts<InvitationBody>("application/json").WithBodyExample(new JsonObject { ["role"] = "editor", ["email"] = "ada@example.org", ["days"] = 7 })
            .Produces<NewInvitationResponse>(StatusCodes.Status201Created).ProducesBodyProblems().ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{id:guid}", RevokeAsync).WithName("RevokeInvitation").WithSummary("Make an invitation's link useless.")
            .Produces(StatusCodes.Status204NoContent).ProducesWriteProblems().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync(InvitationStore store, CancellationToken cancellation)
    {
        var rows = await store.ListAsync(cancellation);
        return TypedResults.Ok(new ListResponse<InvitationRow>(rows, rows.Count));
    }

    private static async Task<IResult> InviteAsync(HttpRequest request, Invitations invitations, CancellationToken cancellation)
    {
        var (body, problem) = await ApiBody.ReadAsync(request);
        if (body is null)
            return problem!.ToResult();
        if (body.Unknown("role", "email", "days") is { } unknown)
            return unknown.ToResult();
        if (MemberEndpoints.Role(body) is not { } role)
            return MemberEndpoints.WrongRole();
        if (Email(body) is not { } email)
            return SpecProblem.Unprocessable("/email", "This is no e-mail address. Leave it out, or write it like ada@example.org.").ToResult();
        var days = IsGiven(body, "days") ? body.Value<int>("days") : DefaultDays;
        if (days is < 1 or > InvitationStore.MostDays)
            return SpecProblem.Unprocessable("/days", $"Say how many days the link is good, as a whole number from 1 to {InvitationStore.MostDays}.").ToResult();
        var made = await invitations.CreateAsync(role, email, days, new Uri($"{request.Scheme}://{request.Host}"), cancellation);
        return TypedResults.Created($"{ApiSetup.Prefix}/invitations/{made.Invitation.Id}", new NewInvitationResponse(made.Invitation, made.Url.ToString(), made.IsMailed));
    }

    private static async Task<IResult> RevokeAsync(Guid id, InvitationStore store, CancellationToken cancellation) =>
        await store.RevokeAsync(id, cancellation) ? TypedResults.NoContent() : ApiSetup.NotFound("invitation", id);

    private static bool IsGiven(ApiBody body, string name) => body.Value<JsonNode>(name) is not null;

    /// <summary>Empty where there is none; null where it is no address.</summary>
    private static string? Email(ApiBody body)
    {
        if (!IsGiven(body, "email"))
            return "";
        var email = body.Value<string>("email")?.Trim();
        return email is not null && Invitations.IsAddress(email) ? email : null;
    }
}
