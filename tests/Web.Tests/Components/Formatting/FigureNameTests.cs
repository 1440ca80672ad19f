using Brigade.Web.Components.Formatting;

namespace Brigade.Web.Tests.Components.Formatting;

public sealed class FigureNameTests
{
    [Theory]
    [InlineData("lostUpdates", 1234, "Lost updates", "1\u202f234")]
    [InlineData("megabytesPerSecond", 512.5, "Data rate", "513 MB/s")]
    [InlineData("messagesPerSecond", 20_000, "Messages", "20 k/s")]
    [InlineData("roundTripMs", 0.25, "Round trip", "250 µs")]
    [InlineData("payloadBytes", 2048, "Payload", "2 KiB")]
    [InlineData("accessNanoseconds", 90, "Access", "0.09 µs")]
    [InlineData("ms", 2, "Time", "2 ms")]
    [InlineData("items", 3.5, "Items", "3.5")]
    public void Of_Name_SaysItInWordsWithItsUnit(string name, double value, string title, string text)
    {
        var figure = FigureName.Of(name);
        Assert.Equal((title, text), (figure.Title, figure.Format(value)));
    }
}
