using Brigade.Contracts;
using Brigade.Web.Access;
using Brigade.Web.Features.Api.Repeats;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;

namespace Brigade.Web.Features.Api;

/// <summary>What all endpoints of the REST API share.</summary>
internal static class ApiSetup
{
    public const string Prefix = "/api/v1";

    public static IServiceCollection AddBrigadeApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => BrigadeJson.Apply(options.SerializerOptions));
        services.AddProblemDetails();
        services.AddExceptionHandler<ErrorHandler>();
        return services.AddBrigadeDocumentation();
    }

    /// <summary>Errors of programs are problem details; what we expect to happen is not logged as a fault.</summary>
    public static void UseBrigadeErrors(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = context => context.ExceptionHandledBy != ExceptionHandledType.Unhandled });
        app.UseWhen(context => Denial.IsForProgram(context.Request), branch => branch.UseStatusCodePages());
    }

    /// <summary>A group below <c>/api/v1</c>: for viewers what reads, for editors what does anything else, unless an endpoint says that it takes more.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder app, string path, string tag) =>
        app.MapGroup(Prefix + path).RequireAuthorization(AccessPolicies.Viewer).WithRoleByMethod().WithTags(tag).DisableAntiforgery().AddEndpointFilter<IdempotencyFilter>()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    // One convention for all, so that no endpoint can forget it; policies add up, and the one that takes most decides.
    private static RouteGroupBuilder WithRoleByMethod(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Finally(endpoint =>
        {
            var methods = endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods ?? [];
            if (!endpoint.Metadata.OfType<EachRole>().Any() && methods.Any(method => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method)))
                endpoint.Metadata.Add(new AuthorizeAttribute(AccessPolicies.Editor));
        });
        return group;
    }

    /// <summary>For what changes nothing but the caller's own, such as a star: viewers may it too.</summary>
    public static RouteHandlerBuilder ForEachRole(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new EachRole());

    public static IResult NotFound(string what, Guid id) =>
        TypedResults.Problem(title: $"There is no such {what}.", detail: $"There is no {what} {id} in this workspace.", statusCode: StatusCodes.Status404NotFound);

    private sealed record EachRole;
}
