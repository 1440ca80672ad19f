using Brigade.Contracts;
using Brigade.Web.Access;
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

    /// <summary>A group below <c>/api/v1</c>, for members.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder app, string path, string tag) =>
        app.MapGroup(Prefix + path).RequireAuthorization(AccessPolicies.Member).WithTags(tag).DisableAntiforgery()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    public static IResult NotFound(string what, Guid id) =>
        TypedResults.Problem(title: $"There is no such {what}.", detail: $"There is no {what} {id} in this workspace.", statusCode: StatusCodes.Status404NotFound);
}
