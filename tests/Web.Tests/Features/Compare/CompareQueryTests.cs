using Brigade.Analysis.Comparing;
using Brigade.Web.Features.Compare;

namespace Brigade.Web.Tests.Features.Compare;

public sealed class CompareQueryTests
{
    private static readonly ComparedIds Ids = ComparedIds.Read("b51adeb5-0000-4000-8000-000000000001,b51adeb5-0000-4000-8000-000000000002", "1,2");

    [Fact]
    public void ToAddress_Everything_IsReadBack()
    {
        var query = CompareQuery.From(Ids, "p99", "differences", "4", "2");

        Assert.Equal("/compare?runs=b51adeb5-0000-4000-8000-000000000001,b51adeb5-0000-4000-8000-000000000002&cells=1,2&metric=p99&only=differences&cell=4&page=2", query.ToAddress());
        Assert.Equal((Metrics.P99, true, 4, 2), (query.Metric, query.OnlyDifferences, query.Cell, query.Page));
    }

    [Fact]
    public void From_Nonsense_CountsAsAbsent()
    {
        var query = CompareQuery.From(ComparedIds.Read(null, null), "speed", "some", "-1", "x");

        Assert.Equal((Metrics.Throughput, false, null, 1), (query.Metric, query.OnlyDifferences, query.Cell, query.Page));
        Assert.Equal("/compare", query.ToAddress());
    }

    [Fact]
    public void With_OtherRuns_DropsWhatHeldForTheOldOnes() =>
        Assert.Equal("/compare?metric=p99", CompareQuery.From(Ids, "p99", null, "4", "2").With([], []).ToAddress());
}
