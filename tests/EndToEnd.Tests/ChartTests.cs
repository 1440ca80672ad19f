using Microsoft.Playwright;

namespace Brigade.EndToEnd.Tests;

/// <summary>What charts say of the point below the pointer. The charts are drawn from figures of the test's own.</summary>
public sealed class ChartTests(Product product)
{
    private const string Draw = """
        async ([name, data]) => {
          const charts = await import("/dist/resultCharts.js");
          const frame = document.createElement("div");
          frame.style.cssText = "position: fixed; top: 0; left: 0; z-index: 9999; background: #fff";
          // A chart makes its own element relative.
          const host = document.createElement("div");
          host.id = "drawn";
          host.style.cssText = "width: 600px; height: 400px";
          frame.append(host);
          document.body.append(frame);
          charts[name](host, JSON.parse(data));
        }
        """;

    /// <summary>The right edge of every chart's plot area, where its last points are.</summary>
    private const int LastColumn = 584;

    [Theory]
    [InlineData("speedupChart", """{"lines":[{"name":"<b>x</b>","strategy":"threads","dash":0,"points":[[1,1],[2,2]],"fit":[]}],"cores":2}""", LastColumn)]
    [InlineData("latencyDistribution", """{"lines":[{"name":"<b>x</b>","strategy":"threads","dash":0,"points":[[0,1],[99,5]]}],"log":false}""", LastColumn)]
    [InlineData("latencyHistogram", """{"edges":[1,2,3],"cells":[{"name":"<b>x</b>","strategy":"threads","counts":[5,9]}]}""", 400)]
    [InlineData("comparedCurves", """{"metric":"throughput","lines":[{"name":"<b>x</b>","series":"1","dash":0,"points":[[1,10],[2,20]],"intervals":[[1,9,11],[2,19,21]]}]}""", LastColumn)]
    public async Task Tooltip_NameWithMarkup_ShowsItAsText(string function, string data, int column)
    {
        var page = await DrawnAsync(function, data);

        Assert.True(await HeightOfAsync(page, column, "<b>x</b>") > 0, "No tooltip with the name as it is.");
        Assert.Equal(0, await page.Locator("#drawn b").CountAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Change_OfTheLowerOfTwoLines_StandsOnIt()
    {
        var page = await DrawnAsync("trendChart", """
            {"metric":"throughput","notes":[],"changes":[{"line":0,"at":1700086400000,"run":"r2","text":"it fell","better":false}],"lines":[
              {"name":"low","strategy":"threads","dash":0,"expected":[],"points":[[1700000000000,10,10,10,"r1","",1],[1700086400000,10,10,10,"r2","",1]]},
              {"name":"high","strategy":"processes","dash":0,"expected":[],"points":[[1700000000000,100,100,100,"r1","",1],[1700086400000,100,100,100,"r2","",1]]}]}
            """);

        Assert.True(await HeightOfAsync(page, LastColumn, "it fell") > 200, "The change is not on the lower line.");
        await page.Context.CloseAsync();
    }

    private async Task<IPage> DrawnAsync(string function, string data)
    {
        var page = await product.NewPageAsync();
        await product.GotoAsync(page, "/");
        await page.EvaluateAsync(Draw, new[] { function, data });
        return page;
    }

    /// <summary>How far from the top the pointer first makes the chart say a text; -1 where it never does.</summary>
    private static async Task<int> HeightOfAsync(IPage page, int column, string text)
    {
        for (var height = 10; height < 360; height += 4)
        {
            await page.Mouse.MoveAsync(column, height);
            if (await page.EvaluateAsync<bool>("text => document.querySelector('#drawn').textContent.includes(text)", text))
            {
                return height;
            }
        }

        return -1;
    }
}
