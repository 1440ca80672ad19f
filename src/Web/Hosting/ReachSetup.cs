using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;

namespace Brigade.Web.Hosting;

/// <summary>Being reached from other machines: under which name, through which proxy, and by HTTPS only.</summary>
internal static class ReachSetup
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public static void AddBrigadeReach(this WebApplicationBuilder builder, PublicAddress reach)
    {
        builder.Services.AddSingleton(reach);

        // A name that somebody else's DNS points here (rebinding) is not a name of this server.
        builder.Services.Configure<HostFilteringOptions>(options => options.AllowedHosts = reach.Url is { } url ? [.. ListenAddress.Hosts, url.Host] : ListenAddress.Hosts);
        builder.Services.AddHsts(options => options.MaxAge = Year);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            // Not the host: proxies keep it, and what they are told by strangers is not to be believed.
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;

            // One proxy may stand behind another, as long as all are trusted.
            options.ForwardLimit = null;
            foreach (var proxy in reach.Proxies)
                options.KnownIPNetworks.Add(proxy);
        });
    }

    /// <summary>First of all: everything after it goes by where a request really came from.</summary>
    public static void UseBrigadeReach(this WebApplication app)
    {
        var reach = app.Services.GetRequiredService<PublicAddress>();
        if (reach.Url is null)
            return;
        app.UseForwardedHeaders();
        if (!reach.IsSecure)
            return;
        app.UseMiddleware<PlainHttp>();
        app.UseHsts();
    }
}
