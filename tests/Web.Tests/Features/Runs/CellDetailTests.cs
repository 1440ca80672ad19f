using Brigade.Contracts.Runs;
using Brigade.Web.Features.Runs;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Runs;

public sealed class CellDetailTests
{
    [Fact]
    public void Of_Repetitions_TakesMediansOfThoseThatCompleted()
    {
        var detail = Of(
            Trial(0) with { ChannelMs = 1, Figures = Figures(10), Offered = 100, Tasks = 90, Uncorrected = new Latency { P99Ms = 2 } },
            Trial(1) with { ChannelMs = 3, Figures = Figures(30), Offered = 100, Tasks = 80, Uncorrected = new Latency { P99Ms = 4 } },
            Trial(2) with { ChannelMs = 99, Status = TrialStatus.Failed });
        Assert.Equal((2.0, 20.0, 0.85, 3.0), (detail.ChannelMs, detail.Figures["lostUpdates"], Math.Round(detail.AchievedRatio!.Value, 6), detail.UncorrectedP99Ms));
        Assert.Null(detail.SerializationMs);
    }

    [Fact]
    public void Of_TasksLostAndDropped_AddsThemUpOverAllRepetitions()
    {
        var detail = Of(Trial(0) with { Lost = 1, Dropped = 5, Replaced = 1, RecoveryMs = 12 }, Trial(1), Trial(2) with { Status = TrialStatus.Failed, Lost = 2 });
        Assert.Equal((3L, 5L, 1, 12.0), (detail.Lost, detail.Dropped, detail.Replaced, detail.RecoveryMs));
    }

    [Fact]
    public void Noise_QuietMeasurement_SaysNothing() => Assert.Empty(Of(Trial(0) with { Drift = 0.01, OtherLoad = 0.05 }, Trial(1) with { ThroughputPerSecond = 103 }).Noise);

    [Fact]
    public void Noise_Disturbed_SaysByWhatAndHowMuch()
    {
        var noise = Of(Trial(0) with { Drift = -0.2, OtherLoad = 0.62, ThrottledMs = 30 }, Trial(1) with { ThroughputPerSecond = 150, Drift = -0.2 }).Noise;
        Assert.Equal(["repetitions differ by 40 %", "slower by 20 % towards the end", "0.6 processors busy with other work", "throttled for 30 ms"], noise, StringComparer.Ordinal);
    }

    private static TrialResult Trial(int index) => Given.Result(index) with { ThroughputPerSecond = 100 };

    private static Dictionary<string, double> Figures(double lost) => new(StringComparer.Ordinal) { ["lostUpdates"] = lost };

    private static CellDetail Of(params TrialResult[] trials)
    {
        var cell = Given.Plan().Cells[0];
        return CellDetail.Of([new CellResult(cell, trials.Length, new CellFigures(0, 0, 0, 0, 0, 0, 0), new CellInterval(0, 0), null, null)], trials)[cell];
    }
}
