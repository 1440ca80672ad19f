using System.Net;
using Brigade.Web.Cluster.Nodes;

namespace Brigade.Web.Cluster;

/// <summary>The control plane: alone on its database, or one of several nodes.</summary>
internal static class ClusterSetup
{
    public static WebApplicationBuilder AddBrigadeCluster(this WebApplicationBuilder builder)
    {
        var address = NodeAddress.Of(builder.Configuration);
        builder.Host.UseOrleans(silo =>
        {
            if (address is not null)
            {
                silo.UseCluster(address);
                return;
            }

            silo.UseLocalhostClustering(siloPort: 11_111, gatewayPort: 0, primarySiloEndpoint: new IPEndPoint(IPAddress.Loopback, 11_111));
            silo.UseNoNetwork();
        });
        builder.Services.Configure<ControlPlaneOptions>(options =>
        {
            if (address is null)
                return;
            options.HasOtherNodes = true;
            options.SilentAfter = RunnerRenewal.Every * 5;
        });
        builder.Services.Configure<ControlPlaneOptions>(builder.Configuration.GetSection("Brigade:Cluster"));
        builder.Services.AddSingleton<SingleNode>();
        builder.Services.AddSingleton<ILeader>(provider => provider.GetRequiredService<SingleNode>());
        builder.Services.AddHostedService<SingleNodeWatch>();
        builder.Services.AddTransient<IRunStorage, RunStorage>();
        builder.Services.AddSingleton<RunnerGateway>();
        builder.Services.AddScoped<IControlPlane, ControlPlane>();
        builder.Services.AddHostedService<ControlPlaneStart>();
        if (address is not null)
            builder.Services.AddHostedService<RunnerRenewal>();
        return builder;
    }
}
