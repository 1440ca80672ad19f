using System.Globalization;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Kernels;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet.Kernels;

public sealed class EchoTests
{
    private static readonly Dictionary<string, ParameterValue> Params = new(StringComparer.Ordinal) { ["bytes"] = ParameterValue.Of(100_000) };

    public static TheoryData<string, Strategy> Cells => new MatrixTheoryData<string, Strategy>(
        ["io.tcp", "io.unix-socket"], [Strategy.Threads, Strategy.Async, Strategy.Processes]);

    /// <summary>Also that a message longer than the buffers of a socket does not block both sides.</summary>
    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Run_EachStrategy_GetsEachMessageBack(string kernel, Strategy strategy)
    {
        const int Tasks = 50;
        var host = await HostProcess.RunAsync(HostProcess.Request(strategy, 3, kernel, new TrialLoad { Tasks = Tasks }, Params));

        var sum = unchecked((Tasks * 100_000UL * 0x9E3779B97F4A7C15UL) + (Tasks * (Tasks - 1) / 2));
        Assert.Equal((Tasks, 0), (host.Done!.Tasks, host.Done.Errors));
        Assert.Equal(sum.ToString("x16", CultureInfo.InvariantCulture), host.Done.Checksum);
    }

    [Fact]
    public void Run_AServerThatIsGone_IsAnErrorOfTheTask()
    {
        var scratch = Directory.CreateTempSubdirectory("brigade-");
        try
        {
            var settings = new KernelSettings("io.unix-socket", Params, scratch.FullName, 0);
            var fixture = ServerFixture.StartUnix(settings, KernelServer.EchoKind);
            var kernel = Echo.OverUnixSocket(settings);
            kernel.Run(0);

            fixture.Dispose();

            Assert.ThrowsAny<Exception>(() =>
            {
                for (var count = 0; count < 1_000_000; count++)
                {
                    kernel.Run(1); // until the server has noticed the end of its input
                }
            });
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
