using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Web.Features.History;

namespace Brigade.Web.Tests.Features.History;

public sealed class HistoryQueryTests
{
    [Fact]
    public void From_ItsOwnParameters_IsTheSame()
    {
        var query = new HistoryQuery("primes", [RunStatus.Completed, RunStatus.Failed], RunSort.Duration, true, 3);
        var parameters = query.ToParameters();
        var again = HistoryQuery.From((string?)parameters["q"], (string?)parameters["status"], (string?)parameters["sort"], (string?)parameters["dir"], int.Parse((string)parameters["page"]!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((query.Search, query.Sort, query.Descending, query.Page), (again.Search, again.Sort, again.Descending, again.Page));
        Assert.Equal(query.Statuses, again.Statuses);
    }

    [Fact]
    public void From_Nonsense_IsTheDefault()
    {
        var query = HistoryQuery.From(null, "purple,,completed", "colour", null, -4);
        Assert.Equal((RunSort.Queued, true, 1), (query.Sort, query.Descending, query.Page));
        Assert.Equal([RunStatus.Completed], query.Statuses);
    }

    [Fact]
    public void ToParameters_Default_LeavesTheAddressClean() => Assert.All(HistoryQuery.From(null, null, null, null, null).ToParameters().Values, Assert.Null);

    [Fact]
    public void ToRunQuery_Running_IncludesItsEnds()
    {
        var query = HistoryQuery.From(null, "running", null, null, 2).ToRunQuery("u1");
        Assert.Equal([RunStatus.Assigned, RunStatus.Running, RunStatus.Finishing], query.Statuses);
        Assert.Equal(HistoryQuery.PageSize, query.Skip);
    }
}
