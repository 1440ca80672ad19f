using Brigade.Web.Features.Runs.Streaming;
using Brigade.Web.Tests.Support;

namespace Brigade.Web.Tests.Features.Runs.Streaming;

public sealed class StreamPositionTests
{
    [Fact]
    public void AddEnd_AnyOrder_IsKeptAsRanges()
    {
        var position = StreamPosition.Parse("")!;
        foreach (var trial in new[] { 3, 0, 7, 1, 2, 6 })
            position.AddEnd(trial);
        position.Add(Given.Frame(8, 4));

        Assert.Equal("0-3,6-7:8:4", position.ToString());
        Assert.All(new[] { 0, 1, 2, 3, 6, 7 }, trial => Assert.True(position.HasEnd(trial)));
        Assert.All(new[] { 4, 5, 8 }, trial => Assert.False(position.HasEnd(trial)));
    }

    [Fact]
    public void Parse_WhatWasWritten_IsTheSamePlace()
    {
        var position = StreamPosition.Parse("0-3,6-7:8:4")!;

        Assert.True(position.Has(Given.Frame(8, 4)));
        Assert.True(position.Has(Given.Frame(2, 900)));
        Assert.False(position.Has(Given.Frame(8, 5)));
        Assert.False(position.Has(Given.Frame(5, 0)));
        Assert.Equal("0-3,6-7:8:4", position.ToString());
        Assert.Equal("0::", StreamPosition.Parse("0::")!.ToString());
    }

    [Fact]
    public void Has_MergedFrameThatGoesOn_IsNotThere()
    {
        var position = StreamPosition.Parse(":0:4")!;

        Assert.True(position.Has(Given.Frame(0, 3) with { DurationMs = 200 }));
        Assert.False(position.Has(Given.Frame(0, 4) with { DurationMs = 200 }));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("::0:")]
    [InlineData("a:0:0")]
    [InlineData("0-1-2:0:0")]
    [InlineData("5-1:0:0")]
    [InlineData("3,1:0:0")]
    [InlineData(":0:-1")]
    [InlineData(":0:")]
    [InlineData(":99999999999:0")]
    public void Parse_NoPosition_IsNull(string text) => Assert.Null(StreamPosition.Parse(text));

    [Fact]
    public void Parse_End_IsTheEnd() => Assert.True(StreamPosition.Parse(StreamPosition.End)!.IsAtEnd);
}
