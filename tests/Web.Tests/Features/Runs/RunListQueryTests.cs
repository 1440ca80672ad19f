using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Web.Features.Runs;

namespace Brigade.Web.Tests.Features.Runs;

public sealed class RunListQueryTests
{
    private static readonly RunListQuery Empty = new(null, null, null, null, null, null);

    [Fact]
    public void Read_Nothing_IsTheNewestTwentyFive()
    {
        var query = Empty.Read().Query!;

        Assert.Equal((RunSort.Queued, true, 0, 25), (query.Sort, query.Descending, query.Skip, query.Take));
    }

    [Fact]
    public void Read_Everything_IsTaken()
    {
        var experiment = Guid.NewGuid();

        var query = new RunListQuery("completed, lost", "primes", experiment.ToString(), "duration", "50", "100").Read().Query!;

        Assert.Equal([RunStatus.Completed, RunStatus.Lost], query.Statuses);
        Assert.Equal(("primes", experiment, RunSort.Duration, false, 50, 100), (query.Search, query.ExperimentId, query.Sort, query.Descending, query.Skip, query.Take));
    }

    [Fact]
    public void Read_AnythingWrong_SaysWhich()
    {
        Assert.Contains("'status'", Title(Empty with { Status = "done" }), StringComparison.Ordinal);
        Assert.Contains("'status'", Title(Empty with { Status = "4" }), StringComparison.Ordinal);
        Assert.Contains("'experimentId'", Title(Empty with { ExperimentId = "x" }), StringComparison.Ordinal);
        Assert.Contains("'sort'", Title(Empty with { Sort = "-size" }), StringComparison.Ordinal);
        Assert.Contains("'sort'", Title(Empty with { Sort = "-" }), StringComparison.Ordinal);
        Assert.Contains("'skip'", Title(Empty with { Skip = "-1" }), StringComparison.Ordinal);
        Assert.Contains("'take'", Title(Empty with { Take = "201" }), StringComparison.Ordinal);
        Assert.Contains("'take'", Title(Empty with { Take = "many" }), StringComparison.Ordinal);
    }

    private static string Title(RunListQuery query) => query.Read().Problem!.Title;
}
