using Brigade.Web.Hubs;

namespace Brigade.Web.Tests.Hubs;

public sealed class TransientTests
{
    [Fact]
    public async Task RetryAsync_FailsAtFirst_AnswersLater()
    {
        var calls = 0;

        var answer = await Transient.RetryAsync(() => ++calls < 3 ? throw new SiloUnavailableException("starting") : Task.FromResult(7), CancellationToken.None);

        Assert.Equal((7, 3), (answer, calls));
    }

    [Fact]
    public async Task RetryAsync_OtherFault_IsNotRepeated()
    {
        var calls = 0;

        await Assert.ThrowsAsync<InvalidOperationException>(() => Transient.RetryAsync(
            () =>
            {
                calls++;
                return Task.FromException(new InvalidOperationException());
            },
            CancellationToken.None));

        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task RetryAsync_ConnectionAborted_StopsTrying()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Transient.RetryAsync<int>(() => throw new TimeoutException(), new CancellationToken(canceled: true)));
    }
}
