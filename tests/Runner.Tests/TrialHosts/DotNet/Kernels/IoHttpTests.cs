using System.Globalization;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.TrialHosts.DotNet;
using Brigade.Runner.TrialHosts.DotNet.Kernels;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet.Kernels;

public sealed class IoHttpTests
{
    [Theory]
    [InlineData(Strategy.Sequential)]
    [InlineData(Strategy.Threads)]
    [InlineData(Strategy.Async)]
    [InlineData(Strategy.Pool)]
    [InlineData(Strategy.Processes)]
    public async Task Run_AServerThatAnswers_ReadsTheWholeBodyAndKeepsConnections(Strategy strategy)
    {
        await using var server = new TinyServer("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 100000\r\n\r\n" + new string('x', 100_000));

        var host = await HostProcess.RunAsync(HostProcess.Request(
            strategy, 2, "io.http", new TrialLoad { Tasks = 30 }, new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["url"] = ParameterValue.Of(server.Url) }));

        Assert.Equal((30, 0), (host.Done!.Tasks, host.Done.Errors));
        Assert.Equal((30 * ((302UL << 32) + 100_000)).ToString("x16", CultureInfo.InvariantCulture), host.Done.Checksum);
        Assert.InRange(server.Connections, 1, 4);
    }

    [Fact]
    public async Task Run_ABodyThatDoesNotCome_IsNoAnswer()
    {
        await using var server = new TinyServer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nnot all of it");
        var kernel = new IoHttp(
            new KernelSettings("io.http", new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["url"] = ParameterValue.Of(server.Url) }, "", 0), timeoutMs: 300);

        var plain = await Assert.ThrowsAsync<TimeoutException>(() => Task.Run(() => kernel.Run(0), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        var awaited = await Assert.ThrowsAsync<TimeoutException>(async () => await kernel.RunAsync(0));

        Assert.All(new[] { plain, awaited }, exception => Assert.Equal($"{server.Url} gave no answer within 0.3 s.", exception.Message));
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("/relative")]
    [InlineData("")]
    public void Create_NoHttpAddress_SaysSo(string url)
    {
        var exception = Assert.Throws<TrialFailedException>(() => new IoHttp(new KernelSettings(
            "io.http", new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["url"] = ParameterValue.Of(url) }, "", 0)));

        Assert.Contains($"`{url}`", exception.Message, StringComparison.Ordinal);
    }
}
