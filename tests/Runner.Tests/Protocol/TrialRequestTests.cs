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
          "load": { "tasks": 200 }, "warmup": { "durationMs": 20.5 }, "scratch": "/a" }
        """;

    [Fact]
    public void Parse_TheExample_GivesIt()
    {
        var request = TrialRequest.Parse(Encoding.UTF8.GetBytes(Example));

        Assert.Equal("cpu.primes", request.Workload.Kernel);
        Assert.Equal(ParameterValue.Of(2000), request.Workload.Params!["limit"]);
        Assert.Equal((Strategy.Threads, 2, Channel.SharedMemory, StartMethod.Fork, 1), (request.Strategy, request.Workers, request.Channel, request.StartMethod, request.ChunkSize));
        Assert.Equal((200L, 20.5, "/a"), (request.Load.Tasks, request.Warmup.DurationMs, request.Scratch));
    }

    [Fact]
    public void ToLine_ARequest_IsOneLineThatParsesToTheSame()
    {
        var request = TrialRequest.Parse(Encoding.UTF8.GetBytes(Example)) with
        {
            Strategy = Strategy.ProcessPerTask,
            Channel = null,
            Workload = new TrialWorkload { Code = new TrialCode("python", "work.py", "def task(index):\n    return 1\n") },
        };

        var line = request.ToLine();

        Assert.Equal(line.Length - 1, Array.IndexOf(line, (byte)'\n'));
        Assert.Equal(request, TrialRequest.Parse(line));
        Assert.Contains("\"process-per-task\"", Encoding.UTF8.GetString(line), StringComparison.Ordinal);
        Assert.DoesNotContain("channel", Encoding.UTF8.GetString(line), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"protocol\": 1", "\"protocol\": 2", "protocol 2")]
    [InlineData("\"workers\": 2", "\"workers\": 0", "0 workers")]
    [InlineData("\"tasks\": 200", "\"tasks\": -1", "load")]
    [InlineData("\"tasks\": 200", "\"tasks\": 1, \"durationMs\": 1", "load")]
    [InlineData("\"durationMs\": 20.5", "", "warmup")]
    [InlineData("\"threads\"", "\"fibres\"", "strategy")]
    [InlineData("\"chunkSize\": 1", "\"chunkSize\": 0", "chunkSize")]
    [InlineData("\"kernel\": \"cpu.primes\",", "", "either `kernel` or `code`")]
    [InlineData("{ \"protocol\"", "\"protocol\"", "does not parse")]
    public void Parse_ABadRequest_SaysWhatIsWrong(string find, string replacement, string expected)
    {
        var line = Example.Replace(find, replacement, StringComparison.Ordinal);

        var exception = Assert.Throws<ProtocolException>(() => TrialRequest.Parse(Encoding.UTF8.GetBytes(line)));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }
}
