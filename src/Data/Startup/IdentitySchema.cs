using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Brigade.Data.Startup;

/// <summary>Which tables Identity has. The context reads it from the application's services, so whatever makes a context, at work or at design time, needs the same.</summary>
internal static class IdentitySchema
{
    public static IServiceCollection AddIdentitySchema(this IServiceCollection services) =>
        services.Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3);

    /// <summary>Services for <c>dotnet ef</c>.</summary>
    public static IServiceProvider AtDesignTime() => new ServiceCollection().AddIdentitySchema().BuildServiceProvider();
}
