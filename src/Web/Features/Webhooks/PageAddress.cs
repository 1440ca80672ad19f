using Brigade.Web.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Brigade.Web.Features.Webhooks;

/// <summary>The address of a page as somebody elsewhere opens it.</summary>
internal sealed class PageAddress(IConfiguration configuration, IServer server)
{
    public string Of(string path)
    {
        var own = configuration["Brigade:PublicUrl"] is { Length: > 0 } told ? told : server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? ListenAddress.Default;
        return own.TrimEnd('/') + path;
    }
}
