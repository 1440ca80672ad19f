using Brigade.Web.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Brigade.Web.Features.Api;

/// <summary>The OpenAPI document, and a page to try it.</summary>
internal static class Documentation
{
    private const string SchemeId = "bearer";

    public static IServiceCollection AddBrigadeDocumentation(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) ?? false;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Brigade",
                Version = "v1",
                Description = "How should this work run at the same time? Submit experiments, follow runs and read what was measured. Errors are problem details (RFC 9457).",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                [SchemeId] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = $"An API key of the page Settings, Keys, or the token that the server was started with ({AccessTokens.Variable})." },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SchemeId, document)] = [] }];
            return Task.CompletedTask;
        });
    });

    /// <summary><c>/openapi/v1.json</c> and <c>/api/docs</c>; everything comes from this server.</summary>
    public static void MapDocumentation(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi().RequireAuthorization(AccessPolicies.Viewer);
        app.MapScalarApiReference("/api/docs", options =>
        {
            options.Title = "Brigade REST API";
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.DynamicNonce = true;

            // These lead to services of others.
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.HideClientButton = true;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        }).RequireAuthorization(AccessPolicies.Viewer).Finally(RefuseStrangers);
    }

    // The package lets everybody have its scripts; without a cookie or a token nothing is served here.
    private static void RefuseStrangers(EndpointBuilder endpoint)
    {
        foreach (var permission in endpoint.Metadata.OfType<IAllowAnonymous>().Cast<object>().ToList())
            endpoint.Metadata.Remove(permission);
    }
}
