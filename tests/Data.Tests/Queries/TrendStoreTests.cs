using Brigade.Data.Errors;
using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class TrendStoreOnSqliteTests(SqliteDatabase database) : TrendStoreTests(database);

public sealed class TrendStoreOnPostgresTests(PostgresDatabase database) : TrendStoreTests(database);

public abstract class TrendStoreTests(TestDatabase database) : StoreTests(database)
{
    [Fact]
    public async Task AnnotateAsync_Remarks_AreKeptByMoment()
    {
        var experiment = (await Experiments.CreateAsync(Samples.Spec("Primes"))).Id;
        var now = Clock.GetUtcNow();

        var later = await Trends.AnnotateAsync(experiment, now, " upgraded to Python 3.12 ");
        var earlier = await Trends.AnnotateAsync(experiment, now.AddDays(-3), "new disk");

        Assert.Equal([earlier, later], await Trends.AnnotationsAsync(experiment));
        Assert.Equal("upgraded to Python 3.12", later.Text);
        Assert.False(await Trends.DeleteAnnotationAsync(Guid.CreateVersion7(), later.Id));
        Assert.True(await Trends.DeleteAnnotationAsync(experiment, later.Id));
        Assert.False(await Trends.DeleteAnnotationAsync(experiment, later.Id));
        Assert.Equal([earlier], await Trends.AnnotationsAsync(experiment));
    }

    [Fact]
    public async Task AnnotateAsync_WhatCannotBeKept_SaysSo()
    {
        var experiment = (await Experiments.CreateAsync(Samples.Spec("Primes"))).Id;

        await Assert.ThrowsAsync<ArgumentException>(() => Trends.AnnotateAsync(experiment, Clock.GetUtcNow(), "  "));
        await Assert.ThrowsAsync<ArgumentException>(() => Trends.AnnotateAsync(experiment, Clock.GetUtcNow(), new string('x', TrendStore.LongestAnnotation + 1)));
        await Assert.ThrowsAsync<UnknownExperimentException>(() => Trends.AnnotateAsync(Guid.CreateVersion7(), Clock.GetUtcNow(), "x"));
    }
}
