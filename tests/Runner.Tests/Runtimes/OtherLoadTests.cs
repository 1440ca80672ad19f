using System.Diagnostics;
using Brigade.Runner.Runtimes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Brigade.Runner.Tests.Runtimes;

public sealed class OtherLoadTests
{
    private const string Before = "cpu  300 0 0 900 0 0 0 0 0 0\ncpu0 100 0 0 300 0 0 0 0 0 0\ncpu1 100 0 0 300 0 0 0 0 0 0\ncpu2 100 0 0 300 0 0 0 0 0 0\nintr 1 2 3\n";
    private const string After = "cpu  360 0 0 930 0 0 0 0 0 0\ncpu0 110 0 10 305 5 0 0 0 0 0\ncpu1 100 0 0 330 0 0 0 0 0 0\ncpu2 120 0 0 300 0 0 0 10 0 0\nintr 1 2 3\n";

    [Theory]
    [InlineData("Cpus_allowed_list:\t0-2", 1.67)]
    [InlineData("Cpus_allowed_list:\t0,1", 0.67)]
    [InlineData("Cpus_allowed_list:\t1\n", 0)]
    [InlineData("", 0)]
    public void Busy_OfAllowedProcessors_IsTheSumOfTheirShares(string status, double expected) =>
        Assert.Equal(expected, OtherLoad.Busy(Before, After, OtherLoad.Allowed("Name:\tx\n" + status)), tolerance: 0.01);

    [Fact]
    public void Busy_TextsThatSayNothing_Is0() => Assert.Equal(0, OtherLoad.Busy("", "cpu0 nonsense", OtherLoad.Allowed("Cpus_allowed_list: 0-zero")));

    [Fact]
    public async Task MeasureAsync_AnotherProcessThatComputes_SeesIt()
    {
        using var other = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "while :; do :; done"]) { UseShellExecute = false })!;
        try
        {
            Assert.InRange(await new OtherLoad(TimeProvider.System).MeasureAsync(TestContext.Current.CancellationToken), 0.2, Environment.ProcessorCount);
        }
        finally
        {
            other.Kill();
        }
    }

    [Fact]
    public async Task MeasureAsync_AfterALook_DoesNotWait()
    {
        var time = new FakeTimeProvider();
        var load = new OtherLoad(time);
        load.Look();
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(load.MeasureAsync(TestContext.Current.CancellationToken).IsCompletedSuccessfully);

        load.Look();
        time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.True(load.MeasureAsync(TestContext.Current.CancellationToken).IsCompletedSuccessfully); // the one before is old enough

        load.Forget();

        Assert.False(load.MeasureAsync(TestContext.Current.CancellationToken).IsCompleted);
    }
}
