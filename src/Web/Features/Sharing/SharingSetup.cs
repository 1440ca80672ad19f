using Brigade.Data.Queries;
using Microsoft.AspNetCore.Identity;

namespace Brigade.Web.Features.Sharing;

internal static class SharingSetup
{
    /// <summary>What share links need beside their store.</summary>
    public static IServiceCollection AddBrigadeSharing(this IServiceCollection services)
    {
        services.AddSingleton<SharedCache>();
        services.AddScoped<SharedResult>();
        services.AddScoped<SharedPassword>();
        return services;
    }

    /// <summary>What the dialog needs, wherever it is rendered.</summary>
    public static IServiceCollection AddShareMaking(this IServiceCollection services)
    {
        services.AddSingleton<IPasswordHasher<ShareTarget>, PasswordHasher<ShareTarget>>();
        services.AddTransient<ShareMaking>();
        return services;
    }
}
