using System.Xml.Linq;
using Brigade.Web.Features.Sharing;

namespace Brigade.Web.Tests.Features.Sharing;

public sealed class BadgeTests
{
    [Fact]
    public void ToSvg_Text_IsReadByEyesAndScreenReadersAndHoldsNoMarkup()
    {
        var svg = XDocument.Parse(Badge.Bad("slower <b> & \"x\"").ToSvg()).Root!;

        Assert.Equal("brigade: slower <b> & \"x\"", svg.Attribute("aria-label")!.Value);
        Assert.Equal("brigade: slower <b> & \"x\"", svg.Elements().First().Value);
        Assert.Equal(["brigade", "slower <b> & \"x\""], svg.Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value), StringComparer.Ordinal);
        Assert.Equal(svg.Attribute("width")!.Value, svg.Descendants().First(element => element.Name.LocalName == "rect").Attribute("width")!.Value);
    }
}
