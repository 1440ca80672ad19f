using Brigade.Web.Tests.Support;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Brigade.Web.Tests.Components;

public sealed class BrigadeUiTests(BrigadeServer server) : IClassFixture<BrigadeServer>
{
    /// <summary>A page that has nothing to say gives a sign of life so often.</summary>
    private static readonly TimeSpan SignsOfLife = TimeSpan.FromSeconds(15);

    /// <summary>In the background browsers let timers run only once a minute.</summary>
    private static readonly TimeSpan SignsInTheBackground = TimeSpan.FromMinutes(1);

    [Fact]
    public void AddBrigadeUi_PageThatIsSilent_IsNotCutOffForASignOfLifeThatIsLate()
    {
        var hub = typeof(CircuitOptions).Assembly.GetType("Microsoft.AspNetCore.Components.Server.ComponentHub", throwOnError: true)!;
        var options = (IOptions<HubOptions>)server.Services.GetRequiredService(typeof(IOptions<>).MakeGenericType(typeof(HubOptions<>).MakeGenericType(hub)));

        Assert.InRange(options.Value.ClientTimeoutInterval!.Value, SignsInTheBackground + SignsOfLife, TimeSpan.FromMinutes(2));
        Assert.InRange(options.Value.KeepAliveInterval!.Value, TimeSpan.FromSeconds(1), SignsOfLife);
    }
}
