using System.Text.Json;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Features.Trends;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Trends;

public sealed class TrendChartTests
{
    private static readonly Guid Run = Guid.NewGuid();

    [Theory]
    [InlineData("threads", "one", 0)]
    [InlineData("processes", "one", 1)]
    [InlineData("processes", "two", 2)]
    public void Data_ChangeInARunOfSeveralLines_StandsOnItsOwn(string cell, string machine, int line)
    {
        var change = Assert.Single(Changes(Change(cell, machine)));

        Assert.Equal((line, Run), (change.GetProperty("line").GetInt32(), change.GetProperty("run").GetGuid()));
    }

    [Fact]
    public void Data_ChangeOfNoLineThatIsShown_IsLeftOut()
    {
        Assert.Empty(Changes(Change("async", "one"), Change("threads", "two")));
        using var clock = new Brigade.Web.Components.Formatting.ReaderClock(TimeProvider.System);
        Assert.Contains("No change of level", TrendChart.Summary(View(Change("async", "one")), clock), StringComparison.Ordinal);
    }

    private static JsonElement[] Changes(params ChangeRow[] changes) => [.. JsonSerializer.SerializeToElement(TrendChart.Data(View(changes))).GetProperty("changes").EnumerateArray()];

    private static TrendView View(params ChangeRow[] changes) => new(
        Guid.Empty, "primes", TrendMetric.Throughput, [], [], [Series("threads", "one"), Series("processes", "one"), Series("processes", "two")], changes, [], HasOlder: false);

    private static TrendSeries Series(string cell, string machine) => new(cell, cell, cell, 0, machine, [new TrendValue(Run, Given.Noon, 100, 90, 110, 3, "")], []);

    private static ChangeRow Change(string cell, string machine) => new(
        Guid.NewGuid(), Guid.Empty, "primes", cell, null, ChangeMetric.Throughput, machine, Run, null, Given.Noon, 100, 80, -0.2, 0.999, ChangeState.Open, "", Given.Noon, null);
}
