using Brigade.Data.Errors;
using Brigade.Web.Components.Shared;
using Bunit;

namespace Brigade.Web.Tests.Components.Shared;

public sealed class PageBaseTests : BunitContext
{
    [Fact]
    public async Task Gone_AfterTheReaderLeft_IsCancelledAndCanStillBeAskedFor()
    {
        var page = Render<Page>().Instance;

        await DisposeComponentsAsync();

        Assert.True(page.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task TryAsync_RefusedBaseline_SaysWhy()
    {
        var page = Render<Page>().Instance;

        await page.DoAsync(() => throw new BaselineRefusedException("The run has not completed."));

        Assert.Equal("It was not done. The run has not completed.", page.Said);
    }

    private sealed class Page : PageBase
    {
        public CancellationToken Token => Gone;

        public string? Said => Problem;

        public Task DoAsync(Func<Task> action) => TryAsync("It was not done.", action);
    }
}
