using Brigade.Web.Features.Comments;
using Brigade.Web.Tests.Support;
using Bunit;

namespace Brigade.Web.Tests.Features.Comments;

public sealed class CommentTextTests : PageTest
{
    [Theory]
    [InlineData("plain", "Text:plain")]
    [InlineData("a `b` c", "Text:a |Code:b|Text: c")]
    [InlineData("**b** *c*", "Strong:b|Text: *c*")]
    [InlineData("`", "Text:`")]
    [InlineData("``", "Text:``")]
    [InlineData("**", "Text:**")]
    [InlineData("****", "Text:****")]
    [InlineData("`a\nb`", "Text:`a\nb`")]
    [InlineData("see https://example.org/a?b=1#c.", "Text:see |Link:https://example.org/a?b=1#c|Text:.")]
    [InlineData("(http://example.org)", "Text:(|Link:http://example.org|Text:)")]
    [InlineData("javascript:alert(1)", "Text:javascript:alert(1)")]
    [InlineData("https://", "Text:https://")]
    [InlineData("data:text/html,x", "Text:data:text/html,x")]
    [InlineData("@Ada Lovelace and @Ada @Bob", "Mention:@Ada Lovelace|Text: and |Mention:@Ada|Text: @Bob")]
    [InlineData("", "")]
    public void Read_Text_GivesItsParts(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', CommentText.Read(text, ["Ada", "Ada Lovelace"]).Select(part => $"{part.Kind}:{part.Text}")));

    [Fact]
    public void Read_AnyText_LosesNothing()
    {
        foreach (var payload in XssPayloads.All)
            Assert.Equal(payload.Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal), string.Concat(CommentText.Read(payload, []).Select(part => part.Text.Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal))));
    }

    [Fact]
    public void Body_HostileText_BringsNoElementAndNoAttributeOfItsOwn()
    {
        foreach (var payload in XssPayloads.All)
        {
            var body = Render<CommentBody>(parameters => parameters.Add(it => it.Text, payload).Add(it => it.Mentions, ["<b>"]));

            var elements = body.Find(".comment-body").QuerySelectorAll("*");
            Assert.All(elements, element => Assert.Contains(element.LocalName, new[] { "span", "code", "strong", "a" }, StringComparer.Ordinal));
            Assert.All(elements.Where(element => element.LocalName == "a"), link => Assert.StartsWith("http", link.GetAttribute("href"), StringComparison.OrdinalIgnoreCase));
            Assert.All(elements, element => Assert.All(element.Attributes, attribute => Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "style" or "src", $"{payload} brought {attribute.Name}")));
        }
    }
}
