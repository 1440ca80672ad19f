using System.Net;
using System.Net.Sockets;
using Brigade.Integration.Tests.Support;
using Xunit;

namespace Brigade.Integration.Tests;

/// <summary>How the server starts, refuses to, and ends.</summary>
public sealed class StartAndStopTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Start_SecondServerOnTheSameData_RefusesInOneLine()
    {
        await using var first = await Server.StartAsync(_data.Path);

        var (exitCode, errors) = await Server.RefusedAsync(_data.Path);

        AssertRefusal(exitCode, errors, "in use by another Brigade");
    }

    [Fact]
    public async Task Start_PortThatIsTaken_RefusesInOneLine()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var (exitCode, errors) = await Server.RefusedAsync(_data.Path, $"http://{taken.LocalEndpoint}");

        AssertRefusal(exitCode, errors, "address already in use");
    }

    [Fact]
    public async Task Start_AddressOfTheNetwork_RefusesInOneLine()
    {
        var (exitCode, errors) = await Server.RefusedAsync(_data.Path, "http://0.0.0.0:0");

        AssertRefusal(exitCode, errors, "can be reached from other machines");
    }

    [Fact]
    public async Task Start_DataDirectoryThatIsAFile_RefusesInOneLine()
    {
        var file = Path.Combine(_data.Path, "file");
        await File.WriteAllTextAsync(file, "");

        var (exitCode, errors) = await Server.RefusedAsync(file);

        AssertRefusal(exitCode, errors, "cannot be written");
    }

    [Fact]
    public async Task Start_DatabaseThatIsNone_RefusesInOneLine()
    {
        await File.WriteAllTextAsync(Path.Combine(_data.Path, "brigade.db"), new string('x', 10_000));

        var (exitCode, errors) = await Server.RefusedAsync(_data.Path);

        AssertRefusal(exitCode, errors, "is no database of Brigade");
    }

    [Fact]
    public async Task Interrupt_WithARunUnderWay_EndsServerRunnerAndTrialWithinFiveSeconds()
    {
        await using var server = await Server.StartAsync(_data.Path);
        await server.UntilMeasuredAsync(await server.SubmitAsync(Specs.Long));
        var everything = Processes.Tree(server.ProcessId);
        Assert.True(everything.Count >= 3, "runner, trial host and its workers");

        using var open = await server.OpenCircuitAsync();
        var took = await server.InterruptAsync();

        Assert.True(took < TimeSpan.FromSeconds(5), $"It took {took.TotalSeconds:0.0} s.");
        Assert.DoesNotContain(everything, Processes.IsAlive);
    }

    [Fact]
    public async Task Kill_WithARunUnderWay_LeavesNoProcess()
    {
        await using var server = await Server.StartAsync(_data.Path);
        await server.UntilMeasuredAsync(await server.SubmitAsync(Specs.Long));
        var everything = Processes.Tree(server.ProcessId);

        Server.KillHard(server.ProcessId);

        await Processes.UntilGoneAsync(everything);
    }

    private static void AssertRefusal(int exitCode, string errors, string reason)
    {
        Assert.Equal(1, exitCode);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.StartsWith("Brigade cannot start: ", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }
}
