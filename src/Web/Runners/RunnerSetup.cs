using Brigade.Web.Cluster.Nodes;

namespace Brigade.Web.Runners;

internal static class RunnerSetup
{
    /// <summary>The embedded runner, unless <c>Brigade:EmbeddedRunner</c> is false. A node of a cluster has none unless it is true: what serves others disturbs what is measured.</summary>
    public static WebApplicationBuilder AddEmbeddedRunner(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<EmbeddedRunnerOptions>(builder.Configuration.GetSection("Brigade:Runner"));
        if (builder.Configuration.GetValue("Brigade:EmbeddedRunner", defaultValue: NodeAddress.Of(builder.Configuration) is null))
            builder.Services.AddHostedService<EmbeddedRunner>();
        return builder;
    }
}
