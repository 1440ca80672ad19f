using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Plan;

public sealed class CellKeyTests
{
    private static readonly Cell Sample = new("python", Strategy.Processes, 2, Channel.Queue, StartMethod.Spawn, 4, 16, Params(("a", 1), ("b", 2)));

    [Fact]
    public void Of_SameCellWithItsParametersInAnotherOrder_IsTheSame() =>
        Assert.Equal(CellKey.Of(Sample), CellKey.Of(Sample with { Params = Params(("b", 2), ("a", 1)) }));

    [Fact]
    public void Of_CellsThatDifferInOneThing_AreAllDifferent()
    {
        Cell[] cells =
        [
            Sample,
            Sample with { Runtime = "dotnet" },
            Sample with { Strategy = Strategy.Pool },
            Sample with { Workers = 3 },
            Sample with { Channel = Channel.Pipe },
            Sample with { Channel = null },
            Sample with { StartMethod = StartMethod.Fork },
            Sample with { ChunkSize = null },
            Sample with { PayloadBytes = 0 },
            Sample with { Params = Params(("a", 1), ("b", 3)) },
            Sample with { Params = Params(("a", 1)) },
        ];

        Assert.Equal(cells.Length, cells.Select(CellKey.Of).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Of_Cell_NeverChanges() =>

        // Stored in every database: another value here would cut all histories in two.
        Assert.Equal("7cd00aaf285cce44a8c090005c522670", CellKey.Of(Sample));

    private static Dictionary<string, ParameterValue> Params(params (string Name, long Value)[] values) =>
        values.ToDictionary(value => value.Name, value => ParameterValue.Of(value.Value), StringComparer.Ordinal);
}
