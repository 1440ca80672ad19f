using Brigade.Data.Queries;
using Brigade.Web.Features.Trends;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Brigade.Web.Tests.Features.Trends;

public sealed class RetentionTests : PageTest
{
    [Fact]
    public async Task ApplyAsync_NoRules_DeletesNothing()
    {
        await this.StoreHistoryAsync(100, 110);
        Time.Advance(TimeSpan.FromDays(1_000));

        Assert.Equal((0, 0L), await ApplyAsync());
    }

    [Fact]
    public async Task ApplyAsync_Rule_ThinsWhatIsOlder()
    {
        var history = await this.StoreHistoryAsync(100, 110, 120);
        await Services.GetRequiredService<RetentionStore>().ChangeRulesAsync(new RetentionRules(null, 10));
        Time.Advance(TimeSpan.FromDays(9));

        var (runs, bytes) = await ApplyAsync();


        Assert.Equal(1, runs);
        Assert.True(bytes > 0);
        Assert.Empty(await Runs.HistogramsAsync(history.Runs[0]));
        Assert.NotEmpty(await Runs.HistogramsAsync(history.Runs[2]));
        Assert.Equal((0, 0L), await ApplyAsync());
    }

    private Task<(int Runs, long Bytes)> ApplyAsync() =>
        new Retention(Services.GetRequiredService<IServiceScopeFactory>(), new FakeLeader(), Time, NullLogger<Retention>.Instance).ApplyAsync(CancellationToken.None);
}
