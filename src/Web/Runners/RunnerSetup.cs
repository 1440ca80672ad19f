namespace Brigade.Web.Runners;

internal static class RunnerSetup
{
    /// <summary>The embedded runner, unless <c>Brigade:EmbeddedRunner</c> is false.</summary>
    public static WebApplicationBuilder AddEmbeddedRunner(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<EmbeddedRunnerOptions>(builder.Configuration.GetSection("Brigade:Runner"));
        if (builder.Configuration.GetValue("Brigade:EmbeddedRunner", defaultValue: true))
            builder.Services.AddHostedService<EmbeddedRunner>();
        return builder;
    }
}
