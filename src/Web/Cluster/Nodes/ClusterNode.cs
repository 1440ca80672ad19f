using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.GrainDirectory;
using Orleans.Runtime.Hosting;

namespace Brigade.Web.Cluster.Nodes;

/// <summary>A silo among others: the database says who is in the cluster and who owns what.</summary>
internal static class ClusterNode
{
    private const string Name = "brigade";

    public static void UseCluster(this ISiloBuilder silo, IPEndPoint address)
    {
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (Name, Name));
        silo.Configure<EndpointOptions>(options =>
        {
            (options.AdvertisedIPAddress, options.SiloPort, options.SiloListeningEndpoint) = (address.Address, address.Port, address);

            // Clients are the pages of the nodes themselves.
            options.GatewayPort = 0;
        });
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            // A node that was killed is noticed in seconds; the price is that one which hangs for as long is taken for dead, and ends.
            options.ProbeTimeout = TimeSpan.FromSeconds(2);
            options.NumMissedProbesLimit = 3;
            options.NumVotesForDeathDeclaration = 1;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(30);
            options.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
            options.DefunctSiloExpiration = TimeSpan.FromDays(1);
        });
        silo.Services.AddSingleton<IMembershipTable, MembershipTable>();
        silo.AddGrainDirectory(GrainDirectoryAttribute.DEFAULT_GRAIN_DIRECTORY, (services, _) => ActivatorUtilities.CreateInstance<GrainDirectory>(services));
        silo.Services.AddSingleton<NodeHandshake>();
        silo.Services.AddSingleton<IConfigureOptions<SiloConnectionOptions>>(services => new ConfigureOptions<SiloConnectionOptions>(options =>
        {
            var handshake = services.GetRequiredService<NodeHandshake>();
            options.ConfigureSiloInboundConnection(connection => connection.Use(handshake.Accept));
            options.ConfigureSiloOutboundConnection(connection => connection.Use(handshake.Connect));
        }));
    }
}
