using Brigade.Contracts.Messages;
using Brigade.Web.Hubs;
using Brigade.Web.Tests.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Brigade.Web.Tests.Hosting;

public sealed class HostingSetupTests(BrigadeServer server) : IClassFixture<BrigadeServer>
{
    [Fact]
    public void AddBrigadeHosting_LongestEvent_FitsIntoAMessage() =>
        Assert.InRange(server.Services.GetRequiredService<IOptions<HubOptions<RunnerHub>>>().Value.MaximumReceiveMessageSize!.Value, IRunnerServer.LongestEvent + 1024, long.MaxValue);
}
