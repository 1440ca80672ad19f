using Brigade.Runner.Protocol;
using CsCheck;
using Xunit;

namespace Brigade.Runner.Tests.Protocol;

public sealed class ArrivalScheduleTests
{
    private const long Ms = 1_000_000;

    [Fact]
    public void At_Stages_SpacesEachEvenlyFromItsStart()
    {
        var schedule = new ArrivalSchedule([new TrialStage(200, 10), new TrialStage(50, 40)]);

        Assert.Equal((4, 50 * Ms), (schedule.Count, schedule.DurationNs));
        Assert.Equal([0, 5 * Ms, 10 * Ms, 30 * Ms], Enumerable.Range(0, 4).Select(index => schedule.At(index)));
    }

    [Theory]
    [InlineData(1000, 1000, 1000)]
    [InlineData(10, 95, 1)]
    [InlineData(10, 105, 2)]
    [InlineData(0.1, 1000, 1)] // the first is there whatever the rate
    [InlineData(3, 1000, 3)] // 1/3 s is not a whole number of nanoseconds
    public void Count_RateAndDuration_IsWhatFitsIn(double rate, double durationMs, long count) => Assert.Equal(count, new ArrivalSchedule([new TrialStage(rate, durationMs)]).Count);

    [Fact]
    public void DueBy_AnyTime_AgreesWithAt() => Gen.Select(
        Gen.Select(Gen.Double[0.1, 200_000], Gen.Double[0.5, 300], (rate, duration) => new TrialStage(rate, duration)).Array[1, 3], Gen.Double[0, 1])
        .Sample((stages, place) =>
        {
            var schedule = new ArrivalSchedule(stages);
            var index = (long)(place * (schedule.Count - 1));

            Assert.True(schedule.DueBy(schedule.At(index)) > index);
            Assert.True(schedule.DueBy(schedule.At(index) - 1) <= index);
            Assert.Equal(schedule.Count, schedule.DueBy(schedule.DurationNs));
        });
}
