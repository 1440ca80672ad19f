using Brigade.Web.Components.Browser;
using Brigade.Web.Components.Formatting;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;

namespace Brigade.Web.Components;

/// <summary>The pages: their services and their endpoints.</summary>
public static class BrigadeUi
{
    /// <summary>The most that a browser may send in one message: a pasted program fits, a flood does not.</summary>
    private const int MaximumMessageBytes = 1024 * 1024;

    public static IServiceCollection AddBrigadeUi(this IServiceCollection services)
    {
        services.AddRazorComponents()
            .AddInteractiveServerComponents(options =>
            {
                options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(5);
                options.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(20);
            })
            .AddHubOptions(options => options.MaximumReceiveMessageSize = MaximumMessageBytes);
        return services.AddPageServices();
    }

    public static WebApplication MapBrigadeUi(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }

    /// <summary>What the components themselves need, wherever they are rendered.</summary>
    internal static IServiceCollection AddPageServices(this IServiceCollection services)
    {
        services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            options.SnackbarConfiguration.PreventDuplicates = true;
        });
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<BrowserModule>();
        services.AddScoped<ReaderClock>();
        services.AddScoped<CircuitConnection>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitConnection>());
        return services;
    }
}
