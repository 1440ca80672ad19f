using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Network;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Trials;

/// <summary>A secret gets to the workload that names it, and to nothing that anybody else reads.</summary>
public sealed class SecretTrialTests
{
    private const string Canary = "canary-9b1d4f77";

    private static readonly RunMeans Means = RunMeans.Of(new RunOrder(NetworkRules.PublicOnly.WithLoopback(), new Dictionary<string, string>(StringComparer.Ordinal) { ["TOKEN"] = Canary }));
    private static readonly string Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canary)));

    [Theory]
    [InlineData("python", "python", "import hashlib, sys\ndef task(index, TOKEN):\n    print(TOKEN, file=sys.stderr)\n    raise RuntimeError(TOKEN + ' ' + hashlib.sha256(TOKEN.encode()).hexdigest())")]
    [InlineData("dotnet", "csharp", "public static long Task(long index, string TOKEN) => throw new System.Exception(TOKEN + \" \" + System.Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(TOKEN))));")]
    [InlineData("node", "javascript", "import crypto from 'node:crypto';\nexport function task(index, { TOKEN }) { throw new Error(TOKEN + ' ' + crypto.createHash('sha256').update(TOKEN).digest('hex')); }")]
    public async Task Code_NamesASecret_GetsItAndTellsNobody(string runtime, string language, string source)
    {
        var result = await RealHosts.RunAsync(new WorkloadSpec { Code = new CodeSpec { Language = language, Source = source }, Secrets = ["TOKEN"] }, runtime, Strategy.Sequential, tasks: 1, means: Means);

        Assert.Contains($"*** {Digest}", Assert.Single(result.TaskErrors).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, JsonSerializer.Serialize(result, BrigadeJson.Options), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python")]
    [InlineData("dotnet")]
    public async Task Command_NamesASecret_FindsItInItsEnvironmentAndInput(string runtime)
    {
        var command = new CommandSpec { Argv = ["sh", "-c", "printf %s \"$TOKEN\" | sha256sum >&2; sha256sum >&2; exit 3"], Stdin = "${{ secrets.TOKEN }}" };

        var result = await RealHosts.RunAsync(new WorkloadSpec { Command = command, Secrets = ["TOKEN"] }, runtime, Strategy.Sequential, tasks: 1, means: Means);

        Assert.Contains(Digest, Assert.Single(result.TaskErrors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python")]
    [InlineData("dotnet")]
    [InlineData("node")]
    public async Task Http_NamesASecret_SendsItAndTellsNobody(string runtime)
    {
        await using var server = new TinyServer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        var http = new HttpSpec { Url = server.Url, Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = "Bearer ${{ secrets.TOKEN }}" } };

        var result = await RealHosts.RunAsync(new WorkloadSpec { Http = http }, runtime, Strategy.Sequential, tasks: 1, means: Means);

        Assert.Contains(server.Requests, request => request.Contains($"Authorization: Bearer {Canary}", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Canary, JsonSerializer.Serialize(result, BrigadeJson.Options), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Strategy.Processes)]
    [InlineData(Strategy.ProcessPerTask)]
    public async Task Code_Runs_NoProcessHasTheSecretInItsArgumentsOrEnvironment(Strategy strategy)
    {
        var running = RealHosts.RunAsync(
            new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = "import time\ndef task(index, TOKEN):\n    time.sleep(0.3)\n    return len(TOKEN)" }, Secrets = ["TOKEN"] }, "python", strategy, tasks: 4, means: Means);
        var looks = 0;
        while (!running.IsCompleted)
        {
            Assert.Empty(ProcessesThatShow(Canary));
            looks++;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal((TrialStatus.Completed, 0L), ((await running).Status, (await running).Errors));
        Assert.True(looks > 3);
    }

    [Fact]
    public async Task Run_SecretThatIsNotThere_SaysWhichAndHowToMendIt()
    {
        var result = await RealHosts.RunAsync(new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = "def task(index, OTHER): pass" }, Secrets = ["OTHER"] }, "python", Strategy.Sequential, tasks: 1, means: Means);

        Assert.Equal("the secret 'OTHER' is not known; an admin can store it in the workspace's settings, under Secrets and network", result.Failure);
    }

    [Fact]
    public void Local_Secret_IsAVariableOfTheEnvironment()
    {
        Environment.SetEnvironmentVariable("BRIGADE_SECRET_LOCAL_TOKEN", Canary);

        Assert.Equal(Canary, RunMeans.Local.Secrets("local-token"));
        Environment.SetEnvironmentVariable("BRIGADE_SECRET_LOCAL_TOKEN", null);
        Assert.Null(RunMeans.Local.Secrets("local-token"));
    }

    private static IEnumerable<string> ProcessesThatShow(string text)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            foreach (var file in new[] { "cmdline", "environ" })
            {
                string shown;
                try
                {
                    shown = File.ReadAllText(Path.Combine(process, file));
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    continue;
                }

                if (shown.Contains(text, StringComparison.Ordinal))
                {
                    yield return $"{process}/{file}";
                }
            }
        }
    }
}
