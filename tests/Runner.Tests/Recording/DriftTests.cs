using Brigade.Runner.Recording;
using Xunit;

namespace Brigade.Runner.Tests.Recording;

public sealed class DriftTests
{
    [Theory]
    [InlineData(30, 100, 80, -0.2)]
    [InlineData(30, 100, 100, 0)]
    [InlineData(90_000, 100, 150, 0.5)] // much longer than what is kept one by one
    public void Value_ThroughputThatChangesHalfway_IsTheLastThirdOverTheFirst(int frames, long first, long second, double drift)
    {
        var measured = new Drift();
        for (var i = 0; i < frames; i++)
        {
            measured.Add(i < frames / 2 ? first : second);
        }

        Assert.Equal(drift, measured.Value()!.Value, tolerance: 0.001);
    }

    [Theory]
    [InlineData(14, 1000)]
    [InlineData(30, 1)]
    public void Value_TooLittle_IsNull(int frames, long tasks)
    {
        var measured = new Drift();
        for (var i = 0; i < frames; i++)
        {
            measured.Add(tasks);
        }

        Assert.Null(measured.Value());
    }
}
