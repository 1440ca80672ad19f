using Brigade.Contracts.Messages;
using Brigade.Contracts.Network;

namespace Brigade.Contracts.Tests.Messages;

public sealed class RunOrderTests
{
    private static readonly RunOrder Order = new(new NetworkRules(["10.0.0.0/8"], OnlyListed: true), new Dictionary<string, string>(StringComparer.Ordinal) { ["API_TOKEN"] = "canary-7f3a" }, "why");

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var read = RunOrder.Read(Order.ToJson());

        Assert.Equal((Order.Network, "why"), (read.Network, read.Problem));
        Assert.Equal("canary-7f3a", Assert.Single(read.Secrets, pair => pair.Key == "API_TOKEN").Value);
    }

    [Fact]
    public void Read_Nothing_AllowsTheLeast()
    {
        Assert.Equal(NetworkRules.PublicOnly, RunOrder.Read("").Network);
        Assert.Contains("same version", RunOrder.Read("{").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_MessagesWithSecrets_DoNotTellThem()
    {
        var json = Order.ToJson();

        Assert.DoesNotContain("canary", $"{Order} {new RunAssignment(Guid.Empty, "{}", 1, json)} {new TryRequest("{}", "", json)}", StringComparison.Ordinal);
    }
}
