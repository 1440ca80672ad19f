using Brigade.Web.Access;
using Brigade.Web.Components.Browser;
using Brigade.Web.Components.Formatting;
using Brigade.Web.Features.Compare;
using Brigade.Web.Features.Members;
using Brigade.Web.Features.Quotas;
using Brigade.Web.Features.Sharing;
using Brigade.Web.Features.Workspaces;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;

namespace Brigade.Web.Components;

/// <summary>The pages: their services and their endpoints.</summary>
public static class BrigadeUi
{
    /// <summary>The most that a browser may send in one message: a pasted program fits, a flood does not.</summary>
    private const int MaximumMessageBytes = 1024 * 1024;

    /// <summary>
    /// A page that has nothing to say gives a sign of life each 15 s, one in the background perhaps each minute. It is missing only when none came for longer: with the runners' bound, which
    /// is 15 s too, it would be cut off by a sign that is late.
    /// </summary>
    private static readonly TimeSpan SilenceOfPages = TimeSpan.FromSeconds(90);

    private static readonly string[] SignInAssets = ["app.css", "account.css", "favicon.svg", "dist/theme.js", "dist/passkeys.js"];

    public static IServiceCollection AddBrigadeUi(this IServiceCollection services)
    {
        services.AddRazorComponents()
            .AddInteractiveServerComponents(options =>
            {
                options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(5);
                options.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(20);
            })
            .AddHubOptions(options =>
            {
                options.MaximumReceiveMessageSize = MaximumMessageBytes;
                options.ClientTimeoutInterval = SilenceOfPages;
            });
        return services.AddPageServices();
    }

    public static WebApplication MapBrigadeUi(this WebApplication app)
    {
        app.Use(ShowNotFoundAsync);
        app.MapStaticAssets().Add(OpenSignInAssets);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }

    // What the sign-in page is made of; nothing else is served to strangers.
    private static void OpenSignInAssets(EndpointBuilder endpoint)
    {
        var path = endpoint.Metadata.OfType<StaticAssetDescriptor>().FirstOrDefault()?.AssetPath ?? "";
        if (SignInAssets.Contains(path.EndsWith(".gz", StringComparison.Ordinal) || path.EndsWith(".br", StringComparison.Ordinal) ? path[..^3] : path, StringComparer.Ordinal))
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
    }

    /// <summary>Where nothing answers, people get the page that says so; programs keep the bare status.</summary>
    private static async Task ShowNotFoundAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false } && context.GetEndpoint() is null && HttpMethods.IsGet(context.Request.Method) && !Denial.IsForProgram(context.Request))
            await new RazorComponentResult<App> { StatusCode = StatusCodes.Status404NotFound }.ExecuteAsync(context);
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
        services.AddScoped<Comparisons>();
        services.AddScoped<MemberActions>();
        services.AddScoped<Invitations>();
        services.AddScoped<WorkspaceActions>();
        services.AddSingleton<ApiCallQuota>();
        services.AddShareMaking();
        services.AddScoped<CircuitConnection>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitConnection>());
        return services;
    }
}
