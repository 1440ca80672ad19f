using System.Net;

namespace Brigade.Web.Cluster;

/// <summary>The control plane in its form for one node.</summary>
internal static class ClusterSetup
{
    public static WebApplicationBuilder AddBrigadeCluster(this WebApplicationBuilder builder)
    {
        builder.Host.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort: 11_111, gatewayPort: 0, primarySiloEndpoint: new IPEndPoint(IPAddress.Loopback, 11_111));
            silo.UseNoNetwork();
        });
        builder.Services.Configure<ControlPlaneOptions>(builder.Configuration.GetSection("Brigade:Cluster"));
        builder.Services.AddSingleton<SingleNode>();
        builder.Services.AddHostedService<SingleNodeWatch>();
        builder.Services.AddTransient<IRunStorage, RunStorage>();
        builder.Services.AddSingleton<RunnerGateway>();
        builder.Services.AddScoped<IControlPlane, ControlPlane>();
        builder.Services.AddHostedService<ControlPlaneStart>();
        return builder;
    }
}
