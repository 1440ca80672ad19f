using Brigade.Web.Access;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Brigade.Web.Operations;

/// <summary>What an operator needs: health, metrics, traces.</summary>
internal static class OperationsSetup
{
    private const string Ready = "ready";

    public static WebApplicationBuilder AddBrigadeOperations(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Telemetry>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: [Ready], timeout: TimeSpan.FromSeconds(5));
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("brigade", serviceVersion: typeof(OperationsSetup).Assembly.GetName().Version?.ToString(3)))
            .WithMetrics(metrics => metrics
                .AddMeter(Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "Npgsql", "System.Runtime")
                .AddPrometheusExporter())
            .WithTracing(traces => traces
                .AddSource(Telemetry.Name, "Npgsql")
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !IsUntraced(context.Request.Path)));

        // By the standard's own variables: OTEL_EXPORTER_OTLP_ENDPOINT and its kin.
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            telemetry.UseOtlpExporter();
        return builder;
    }

    /// <summary>Health is for load balancers, which bring no credentials and are told nothing but the state. Metrics are for members and their keys.</summary>
    public static void MapOperations(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
        app.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(AccessPolicies.Viewer);
    }

    // What operators' own tools ask for all the time, and addresses that are secrets themselves.
    private static readonly string[] Untraced = ["/health", "/metrics", "/shared"];

    private static bool IsUntraced(PathString path) => Array.Exists(Untraced, prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));
}
