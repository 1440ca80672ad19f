using Brigade.Contracts.Runs;
using Brigade.Data.Queries;
using Brigade.Web.Features.Api;
using Brigade.Web.Features.Runs;

namespace Brigade.Web.Tests.Features.Runs;

public sealed class RunListQueryTests
{
    private static readonly RunListQuery Empty = new(null, null, null, null, null, null, null, null, null);

    [Fact]
    public void Read_Nothing_IsTheNewestTwentyFive()
    {
        var query = Empty.Read("u1").Query!;

        Assert.Equal((RunSort.Queued, true, 0, 25), (query.Sort, query.Descending, query.Skip, query.Take));
    }

    [Fact]
    public void Read_Everything_IsTaken()
    {
        var experiment = Guid.NewGuid();

        var query = new RunListQuery("completed, lost", "primes", experiment.ToString(), "imported", null, "duration", null, "50", "100").Read("u1").Query!;

        Assert.Equal([RunStatus.Completed, RunStatus.Lost], query.Statuses);
        Assert.True(query.IsImported);
        Assert.Equal(("primes", experiment, RunSort.Duration, false, 50, 100), (query.Search, query.ExperimentId, query.Sort, query.Descending, query.Skip, query.Take));
    }

    [Fact]
    public void Read_PlaceOfARun_GoesOnBehindIt()
    {
        var (at, id) = (new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero), Guid.NewGuid());

        Assert.Equal(new RunPlace(at, id), (Empty with { After = Cursor.Of(at, id) }).Read("u1").Query!.After);
        Assert.Equal(["after", "source"], (Empty with { After = "x.y", Source = "both" }).Read("u1").Errors.All.Select(error => error.Parameter).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal("after", (Empty with { After = Cursor.Of(at, id), Sort = "name" }).Read("u1").Errors.All.Single().Parameter);
    }

    [Fact]
    public void Read_SeveralWrong_SaysAllOfThem()
    {
        var errors = (Empty with { Status = "done, lost", Sort = "--name", Take = "0" }).Read("u1").Errors;

        Assert.Equal(["status", "sort", "take"], errors.All.Select(error => error.Parameter), StringComparer.Ordinal);
    }

    [Fact]
    public void Read_AnythingWrong_SaysWhich()
    {
        Assert.Equal("status", Wrong(Empty with { Status = "done" }));
        Assert.Equal("status", Wrong(Empty with { Status = "4" }));
        Assert.Equal("experimentId", Wrong(Empty with { ExperimentId = "x" }));
        Assert.Equal("sort", Wrong(Empty with { Sort = "-size" }));
        Assert.Equal("sort", Wrong(Empty with { Sort = "-" }));
        Assert.Equal("sort", Wrong(Empty with { Sort = "--name" }));
        Assert.Equal("sort", Wrong(Empty with { Sort = "queued,status" }));
        Assert.Equal("skip", Wrong(Empty with { Skip = "-1" }));
        Assert.Equal("take", Wrong(Empty with { Take = "201" }));
        Assert.Equal("take", Wrong(Empty with { Take = "many" }));
    }

    private static string Wrong(RunListQuery query) => Assert.Single(query.Read("u1").Errors.All).Parameter;
}
