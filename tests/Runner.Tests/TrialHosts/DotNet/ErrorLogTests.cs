using System.Text.Json;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet;

public sealed class ErrorLogTests
{
    [Fact]
    public void Add_MoreThanFive_KeepsTheFirstFive()
    {
        var log = new ErrorLog();
        for (var index = 0; index < 8; index++)
        {
            log.Add(index, worker: 1, new InvalidOperationException("no"));
        }

        var errors = log.Take().Select(json => JsonSerializer.Deserialize(json, ProtocolJson.Default.ErrorPayload)!).ToList();

        Assert.Equal([0L, 1, 2, 3, 4], errors.Select(error => error.Index));
        Assert.All(errors, error => Assert.Equal("InvalidOperationException: no", error.Message));
        Assert.Empty(log.Take());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\u0001\"\\")]
    [InlineData("日本語")]
    public void Add_AnEndlessMessage_CutsIt(string part)
    {
        var log = new ErrorLog();
        log.Add(3, worker: 0, new InvalidOperationException(string.Concat(Enumerable.Repeat(part, 100_000))));

        var json = Assert.Single(log.Take());

        Assert.InRange(json.Length, 100, ErrorPayload.MaximumBytes);
        Assert.StartsWith("InvalidOperationException: ", JsonSerializer.Deserialize(json, ProtocolJson.Default.ErrorPayload)!.Message, StringComparison.Ordinal);
    }
}
