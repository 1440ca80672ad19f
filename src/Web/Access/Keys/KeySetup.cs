using Brigade.Web.Features.Keys;

namespace Brigade.Web.Access.Keys;

internal static class KeySetup
{
    /// <summary>Keys of programs: the ring that knows whose they are, and the desk where they are made.</summary>
    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeyRing>();
        services.AddTransient<KeyDesk>();
        return services;
    }
}
