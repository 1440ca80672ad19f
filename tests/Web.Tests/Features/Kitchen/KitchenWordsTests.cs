using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Web.Features.Kitchen;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Kitchen;

public sealed class KitchenWordsTests
{
    [Fact]
    public void Title_ThreadsThatShareTheGil_SaysHowManyChefsAndWhatOfTheStoveIsUsed() => Assert.Equal(
        "4 chefs, one stove: 1.02 of it in use, 80 dishes done.",
        KitchenWords.Title(Kitchens.Scene(Strategy.Threads), Totals(Kitchens.Scene(Strategy.Threads), 1.02, Kitchens.Busy(4, 0.25))));

    [Theory]
    [InlineData(Strategy.Sequential, "One chef, one dish at a time.")]
    [InlineData(Strategy.Async, "One chef, 4 pots.")]
    [InlineData(Strategy.Processes, "4 kitchens with a chef each, 2 stoves.")]
    [InlineData(Strategy.ProcessPerTask, "A kitchen built for each dish, 4 at a time, 2 stoves.")]
    public void Title_BeforeTheFirstFrame_SaysWhoCooks(Strategy strategy, string title) => Assert.Equal(title, KitchenWords.Title(Kitchens.Scene(strategy), new KitchenTotals()));

    [Fact]
    public void Sentences_ThreadsThatShareTheGil_NameIt()
    {
        var scene = Kitchens.Scene(Strategy.Threads);

        var said = Assert.Single(KitchenWords.Sentences(scene, Totals(scene, 1.02, Kitchens.Busy(4, 0.25)), result: null));

        Assert.Contains("the GIL lets one thread at a time", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Sentences_ProcessesThatCompute_DoNotSpeakOfTheGil()
    {
        var scene = Kitchens.Scene(Strategy.Processes, workers: 2);

        var said = KitchenWords.Sentences(scene, Totals(scene, 2, Kitchens.Busy(2, 1, WorkerState.Running)), result: null);

        Assert.Equal(["The chefs cooked nearly all the time."], said);
    }

    [Fact]
    public void Sentences_EndedProcesses_SayWhatCarryingCost()
    {
        var scene = Kitchens.Scene(Strategy.Processes, workers: 2);
        var result = Given.Result(0) with { Tasks = 10, WallMs = 100, SerializationMs = 20, ChannelMs = 30 };

        var said = KitchenWords.Sentences(scene, Totals(scene, 2, Kitchens.Busy(2, 1, WorkerState.Running)), result);

        Assert.Contains(said, sentence => sentence.StartsWith("Carrying plates between the kitchens took 5 ms a dish, 25 % of the chefs' time: 2 ms of packing", StringComparison.Ordinal));
        Assert.Equal(0.25, KitchenWords.CarryingShare(scene, result));
        Assert.Null(KitchenWords.CarryingShare(scene, Given.Result(0)));
    }

    [Fact]
    public void Totals_Lanes_DivideEachWorkersTime()
    {
        var totals = Totals(Kitchens.Scene(Strategy.Threads), 1, Kitchens.Busy(2, 0.25, busy: 0.75));

        Assert.Equal([(20L, 0.25, 0.5, 0.25), (20L, 0.25, 0.5, 0.25)], totals.Lanes.Select(lane => (lane.Tasks, Math.Round(lane.Running, 6), Math.Round(lane.Waiting, 6), Math.Round(lane.Idle, 6))));
    }

    private static KitchenTotals Totals(KitchenScene scene, double cpu, params WorkerFrame[] workers)
    {
        var totals = new KitchenTotals();
        totals.Add(Kitchens.Read(scene, 10, cpu, workers));
        return totals;
    }
}
