using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Network;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Trials;

/// <summary>Exchanges of trials go where the workspace lets them, in every runtime and both clients of each. What counts is that no connection comes.</summary>
public sealed class NetworkTrialTests
{
    private static readonly RunMeans PublicOnly = RunMeans.Of(RunOrder.Of(NetworkRules.PublicOnly));
    private static readonly RunMeans OwnMachine = RunMeans.Of(RunOrder.Of(NetworkRules.PublicOnly.WithLoopback()));

    public static MatrixTheoryData<string, Strategy, string> Exchanges => new(["dotnet", "python", "node"], [Strategy.Sequential, Strategy.Async], ["localhost", "2130706433"]);

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task Http_ToLoopback_IsRefusedUnlessItIsAllowed(string runtime, Strategy strategy, string host)
    {
        await using var server = new TinyServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        var workload = new WorkloadSpec { Http = new HttpSpec { Url = server.Url.Replace("127.0.0.1", host, StringComparison.Ordinal) } };

        var refused = await RealHosts.RunAsync(workload, runtime, strategy, tasks: 2, means: PublicOnly);

        Assert.Equal((2L, 0), (refused.Errors, server.Connections));
        Assert.All(refused.TaskErrors, error => Assert.Contains("is refused: it is a loopback address. An admin can allow it", error.Message, StringComparison.Ordinal));
        var allowed = await RealHosts.RunAsync(workload, runtime, strategy, tasks: 2, means: OwnMachine);
        Assert.Equal((TrialStatus.Completed, 0L, true), (allowed.Status, allowed.Errors, server.Connections > 0));
    }

    [Theory]
    [InlineData("dotnet")]
    [InlineData("python")]
    [InlineData("node")]
    public async Task KernelIoHttp_ToLoopback_IsRefused(string runtime)
    {
        await using var server = new TinyServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["url"] = ParameterValue.Of(server.Url) };

        var refused = await RealHosts.RunAsync(new WorkloadSpec { Kernel = "io.http", Params = parameters }, runtime, Strategy.Sequential, tasks: 1, means: PublicOnly);

        Assert.Equal((1L, 0), (refused.Errors, server.Connections));
    }

    [Theory]
    [InlineData("dotnet", Strategy.Sequential)]
    [InlineData("python", Strategy.Sequential)]
    [InlineData("python", Strategy.Async)]
    public async Task Sql_SecretThatLeadsToLoopback_IsRefused(string runtime, Strategy strategy)
    {
        await using var server = new TinyServer("no database");
        var port = new Uri(server.Url).Port;

        var refused = await RealHosts.RunAsync(Sql, runtime, strategy, tasks: 1, means: With($"postgresql://user:canary-pw@localhost:{port}/db"));

        // An interpreter without the driver says so; it connects to nobody either.
        Assert.Matches(runtime == "python" ? "is refused: it is a loopback address|needs the package psycopg" : "is refused: it is a loopback address", refused.Failure);
        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData("sqlite:///etc/some.db", "is a file of SQLite, which would be one of the runner's machine")]
    [InlineData("postgresql://user:canary-pw@/db?host=/var/run/postgresql", "is refused: it is on the runner's own machine")]
    public async Task Sql_SecretThatLeadsToTheRunnersMachine_IsRefused(string address, string reason)
    {
        var refused = await RealHosts.RunAsync(Sql, "dotnet", Strategy.Sequential, tasks: 1, means: With(address));

        Assert.Contains(reason, refused.Failure, StringComparison.Ordinal);
    }

    /// <summary>The hosts of other languages judge as .NET does.</summary>
    [Fact]
    public async Task Rules_OfAllHosts_AreTheSame()
    {
        var rules = new NetworkRules(["10.0.0.0/8:5432", "db.example.com", "*.inner.example.com:443", "127.0.0.1", "fd00::/8"]);
        foreach (var asked in new[] { rules, rules with { OnlyListed = true } })
        {
            (string Host, int Port, string Address)[] cases =
            [
                .. AddressRanges.All.Select(range => ("x.example.com", 80, range.Addresses.BaseAddress.ToString())),
                ("x", 80, "1.1.1.1"), ("x", 80, "2606:4700::1"), ("x", 80, "::ffff:10.0.0.1"), ("x", 80, "::ffff:8.8.8.8"), ("x", 5432, "10.1.2.3"), ("x", 5433, "10.1.2.3"), ("x", 80, "::ffff:127.0.0.1"),
                ("DB.example.com.", 80, "192.168.0.1"), ("db.example.com", 80, "169.254.169.254"), ("a.inner.example.com", 443, "10.0.0.1"), ("a.inner.example.com", 80, "10.0.0.1"), ("inner.example.com", 443, "10.0.0.1"),
                ("x", 80, "127.0.0.2"), ("x", 80, "fe80::1"), ("x", 80, "fd12::1"), ("x", 80, "172.15.255.255"), ("x", 80, "172.31.255.255"),
            ];
            var own = cases.Select(one => new AddressRules(asked).Refusal(one.Host, one.Port, IPAddress.Parse(one.Address)) ?? "").ToList();
            var input = JsonSerializer.Serialize(new
            {
                network = JsonSerializer.SerializeToElement(new TrialRequest
                {
                    Workload = new TrialWorkload { Kernel = "noop" }, Strategy = Strategy.Sequential, Workers = 1, Load = new TrialLoad { Tasks = 1 }, Warmup = new TrialLoad { Tasks = 0 }, Scratch = "/", Network = TrialNetwork.Of(asked),
                }, ProtocolJson.Default.TrialRequest).GetProperty("network"),
                cases = cases.Select(one => new object[] { one.Host, one.Port, one.Address }),
            });

            Assert.Equal(own, await JudgeAsync("python", ["-c", $"import json, sys\nsys.path.insert(0, {JsonSerializer.Serialize(HostFiles.PathOf("python"))})\nfrom brigade_host.network import Guard\nasked = json.load(sys.stdin)\nguard = Guard(asked['network'])\nprint(json.dumps([guard.refusal(*case) or '' for case in asked['cases']]))"], input));
            Assert.Equal(own, await JudgeAsync("node", ["--input-type=module", "-e", $"import {{ Guard }} from {JsonSerializer.Serialize(HostFiles.PathOf("node", "network.mjs"))};\nimport fs from 'node:fs';\nconst asked = JSON.parse(fs.readFileSync(0));\nconst guard = new Guard(asked.network);\nconsole.log(JSON.stringify(asked.cases.map((one) => guard.refusal(...one) ?? '')));"], input));
        }
    }

    private static WorkloadSpec Sql => new() { Sql = new SqlSpec { Connection = "ORDERS_DB", Query = "select 1" } };

    private static RunMeans With(string address) => RunMeans.Of(new RunOrder(NetworkRules.PublicOnly, new Dictionary<string, string>(StringComparer.Ordinal) { ["ORDERS_DB"] = address }));

    private static async Task<List<string>> JudgeAsync(string language, string[] arguments, string input)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var runtime = (await RuntimeFinder.FindAsync(cancellation)).First(runtime => runtime.Language == language && runtime.IsDefault);
        using var process = Process.Start(new ProcessStartInfo(runtime.Path, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return JsonSerializer.Deserialize<List<string>>(output)!;
    }
}
