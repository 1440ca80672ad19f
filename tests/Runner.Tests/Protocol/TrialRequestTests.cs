using System.Text;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Xunit;

namespace Brigade.Runner.Tests.Protocol;

public sealed class TrialRequestTests
{
    private const string Example = """
        { "protocol": 1, "workload": { "kernel": "cpu.primes", "params": { "limit": 2000 } },
          "strategy": "threads", "workers": 2, "channel": "shared-memory", "startMethod": "fork", "chunkSize": 1, "payloadBytes": 0,
          "faults": [{ "kind": "hang", "worker": 1, "atTask": 50 }],
          "load": { "tasks": 200 }, "warmup": { "durationMs": 20.5 }, "scratch": "/a" }
        """;

    [Fact]
    public void Parse_TheExample_GivesIt()
    {
        var request = TrialRequest.Parse(Encoding.UTF8.GetBytes(Example));

        Assert.Equal("cpu.primes", request.Workload.Kernel);
        Assert.Equal(ParameterValue.Of(2000), request.Workload.Params!["limit"]);
        Assert.Equal((Strategy.Threads, 2, Channel.SharedMemory, StartMethod.Fork, 1), (request.Strategy, request.Workers, request.Channel, request.StartMethod, request.ChunkSize));
        Assert.Equal(new TrialFault(FaultKind.Hang, 1, 50), Assert.Single(request.Faults!));
        Assert.Equal((200L, 20.5, "/a"), (request.Load.Tasks, request.Warmup.DurationMs, request.Scratch));
    }

    [Fact]
    public void ToLine_ARequest_IsOneLineThatParsesToTheSame()
    {
        var request = TrialRequest.Parse(Encoding.UTF8.GetBytes(Example)) with
        {
            Strategy = Strategy.ProcessPerTask,
            Channel = null,
            Faults = null,
            Workload = new TrialWorkload { Code = new TrialCode("python", "work.py", "def task(index):\n    return 1\n") },
        };

        var line = request.ToLine();

        Assert.Equal(line.Length - 1, Array.IndexOf(line, (byte)'\n'));
        Assert.Equal(request, TrialRequest.Parse(line));
        Assert.Contains("\"process-per-task\"", Encoding.UTF8.GetString(line), StringComparison.Ordinal);
        Assert.DoesNotContain("channel", Encoding.UTF8.GetString(line), StringComparison.Ordinal);
    }

    [Fact]
    public void ToLine_ARequestWithFaults_ParsesToTheSameFaults()
    {
        var request = TrialRequest.Parse(Encoding.UTF8.GetBytes(Example));

        Assert.Equal(request.Faults, TrialRequest.Parse(request.ToLine()).Faults);
        Assert.Contains("\"kind\":\"hang\"", Encoding.UTF8.GetString(request.ToLine()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"protocol\": 1", "\"protocol\": 2", "protocol 2")]
    [InlineData("\"workers\": 2", "\"workers\": 0", "0 workers")]
    [InlineData("\"tasks\": 200", "\"tasks\": -1", "load")]
    [InlineData("\"tasks\": 200", "\"tasks\": 1, \"durationMs\": 1", "load")]
    [InlineData("\"durationMs\": 20.5", "", "warmup")]
    [InlineData("\"threads\"", "\"fibres\"", "strategy")]
    [InlineData("\"chunkSize\": 1", "\"chunkSize\": 0", "chunkSize")]
    [InlineData("\"kernel\": \"cpu.primes\",", "", "exactly one of `kernel`, `code`")]
    [InlineData("{ \"protocol\"", "\"protocol\"", "does not parse")]
    [InlineData("\"hang\"", "\"flood\"", "there is no fault `flood`")]
    [InlineData("\"worker\": 1", "\"worker\": 2", "a fault at task 50 of worker 2; tasks count from 1, and the workers are 0 to 1")]
    [InlineData("\"atTask\": 50", "\"atTask\": 0", "a fault at task 0 of worker 1")]
    [InlineData("[{ \"kind\"", "{ \"kind\"", "does not parse")]
    public void Parse_ABadRequest_SaysWhatIsWrong(string find, string replacement, string expected)
    {
        var line = Example.Replace(find, replacement, StringComparison.Ordinal);

        var exception = Assert.Throws<ProtocolException>(() => TrialRequest.Parse(Encoding.UTF8.GetBytes(line)));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }
}
