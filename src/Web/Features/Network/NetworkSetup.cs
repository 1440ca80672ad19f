using Brigade.Data.Queries;
using Brigade.Web.Features.Secrets;

namespace Brigade.Web.Features.Network;

internal static class NetworkSetup
{
    /// <summary>What runs get beside their specs: whom they may connect to, and secrets.</summary>
    public static IServiceCollection AddBrigadeSecrets(this IServiceCollection services)
    {
        services.AddSingleton<ISecretCipher, SecretCipher>();
        services.AddTransient<OutgoingRules>();
        services.AddSingleton<RunOrders>();
        return services;
    }
}
