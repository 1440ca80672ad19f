using Brigade.Web.Features.Compare;

namespace Brigade.Web.Tests.Features.Compare;

public sealed class ComparedIdsTests
{
    private const string One = "b51adeb5-0000-4000-8000-000000000001";
    private const string Two = "b51adeb5-0000-4000-8000-000000000002";

    [Fact]
    public void Read_Lists_KeepTheirOrderAndNothingTwice()
    {
        var ids = ComparedIds.Read($"{Two}, {One},{Two}", "3,0,3");

        Assert.Equal([Guid.Parse(Two), Guid.Parse(One)], ids.Runs);
        Assert.Equal([3, 0], ids.Cells);
        Assert.Empty(ids.Problems);
    }

    [Theory]
    [InlineData("yesterday", null, "runs", "'yesterday' is no id of a run.")]
    [InlineData(One, "first", "cells", "'first' is no number of a cell.")]
    [InlineData(One, "-1", "cells", "'-1' is no number of a cell.")]
    public void Read_WhatIsNone_IsToldByItsParameter(string runs, string? cells, string parameter, string message) =>
        Assert.Equal((parameter, message), Assert.Single(ComparedIds.Read(runs, cells).Problems));

    [Fact]
    public void Read_MoreThanTheMost_TakesTheFirstAndSaysSo()
    {
        var ids = ComparedIds.Read(string.Join(',', Enumerable.Range(0, 9).Select(_ => Guid.NewGuid())), null);

        Assert.Equal(ComparedIds.Most, ids.Runs.Count);
        Assert.Contains("9 runs are more", Assert.Single(ids.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyCells_AreAFilterOfSeveralRunsButTooManyOfOne()
    {
        var cells = string.Join(',', Enumerable.Range(0, 20));

        Assert.Equal(20, ComparedIds.Read($"{One},{Two}", cells).Cells.Count);
        Assert.Equal(ComparedIds.Most, ComparedIds.Read(One, cells).Cells.Count);
        Assert.Equal("cells", Assert.Single(ComparedIds.Read(One, cells).Problems).Parameter);
    }

    [Fact]
    public void Read_HugeText_IsNotRepeatedWhole() =>
        Assert.True(Assert.Single(ComparedIds.Read(new string('x', 5_000), null).Problems).Message.Length < 100);
}
