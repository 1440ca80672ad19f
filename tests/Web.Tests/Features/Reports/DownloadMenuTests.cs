using Brigade.Web.Features.Reports;
using Bunit;

namespace Brigade.Web.Tests.Features.Reports;

public sealed class DownloadMenuTests : BunitContext
{
    [Theory]
    [InlineData(true, 7)]
    [InlineData(false, 6)]
    public void Render_Run_OffersEveryFormatThatItHas(bool withHistograms, int formats)
    {
        var id = Guid.NewGuid();

        var menu = Render<DownloadMenu>(parameters => parameters.Add(it => it.Label, "This run as a file").Add(it => it.Files, DownloadFile.OfRun(id, withHistograms)));

        var links = menu.FindAll("a");
        Assert.Equal(formats, links.Count);
        Assert.All(links, link => Assert.True(link.HasAttribute("download")));
        Assert.Equal($"/api/v1/runs/{id}/export?as=html", links[0].GetAttribute("href"));
        Assert.Contains(links, link => link.GetAttribute("href")!.EndsWith("as=csv&part=cells", StringComparison.Ordinal) && link.TextContent == "CSV, cells");
        Assert.Equal(withHistograms, links.Any(link => link.GetAttribute("href")!.EndsWith("hlog", StringComparison.Ordinal)));
    }
}
