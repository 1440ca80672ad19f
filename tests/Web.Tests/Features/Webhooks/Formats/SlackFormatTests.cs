using System.Text.Json.Nodes;
using Brigade.Web.Features.Webhooks.Formats;
using Brigade.Web.Features.Webhooks.Happenings;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Webhooks.Formats;

public sealed class SlackFormatTests
{
    [Fact]
    public void Write_Story_IsATextForAllAndABlockWithALink()
    {
        var payload = Write("Regression in \"parser\"", "Throughput fell by 20 %.");

        Assert.Equal("Regression in \"parser\" https://b.example.org/runs/1", (string?)payload["text"]);
        Assert.Equal("*<https://b.example.org/runs/1|Regression in \"parser\">*\nThroughput fell by 20 %.", (string?)payload["blocks"]![0]!["text"]!["text"]);
    }

    [Fact]
    public void Write_NameThatWouldMentionOrLink_IsText()
    {
        var payload = Write("Run \"<!channel> a|b\"", "<https://evil.example.org|click> & more");

        Assert.DoesNotContain("<!channel>", payload.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("*<https://b.example.org/runs/1|Run \"&lt;!channel&gt; a¦b\">*\n&lt;https://evil.example.org|click&gt; &amp; more", (string?)payload["blocks"]![0]!["text"]!["text"]);
    }

    private static JsonNode Write(string title, string text) =>
        JsonNode.Parse(new SlackFormat().Write(new Message("run.finished", Given.Noon, new Story(title, text, "/runs/1", new()), "https://b.example.org/runs/1")))!;
}
