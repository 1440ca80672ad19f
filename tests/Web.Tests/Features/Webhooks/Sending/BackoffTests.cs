using Brigade.Web.Features.Webhooks;
using Brigade.Web.Features.Webhooks.Sending;

namespace Brigade.Web.Tests.Features.Webhooks.Sending;

public sealed class BackoffTests
{
    private static readonly WebhookOptions Options = new();

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 20)]
    [InlineData(3, 80)]
    [InlineData(7, 20_480)]
    public void After_Failures_IsFourTimesAsLongEachTime(int attempts, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.After(attempts, Options, asked: null, chance: 0.5));

    [Fact]
    public void After_TheLastTry_IsNever() => Assert.Null(Backoff.After(Options.Attempts, Options, asked: null, chance: 0.5));

    [Fact]
    public void After_Chance_IsAFifthMoreOrLess()
    {
        Assert.Equal(TimeSpan.FromSeconds(4), Backoff.After(1, Options, asked: null, chance: 0));
        Assert.Equal(TimeSpan.FromSeconds(6), Backoff.After(1, Options, asked: null, chance: 1));
    }

    [Fact]
    public void After_WhatTheReceiverAsksFor_IsKeptWithinTheBound()
    {
        Assert.Equal(TimeSpan.FromMinutes(10), Backoff.After(1, Options, TimeSpan.FromMinutes(10), chance: 0.5));
        Assert.Equal(TimeSpan.FromSeconds(5), Backoff.After(1, Options, TimeSpan.FromSeconds(1), chance: 0.5));
        Assert.Equal(TimeSpan.FromHours(6), Backoff.After(1, Options, TimeSpan.FromDays(9), chance: 0.5));
    }
}
