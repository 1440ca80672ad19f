using Brigade.Analysis.View;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Analysis.Tests.View;

public sealed class CellNameTests
{
    [Fact]
    public void Of_Coordinates_NamesThoseThatTellItApart()
    {
        var parameters = new Dictionary<string, ParameterValue>(StringComparer.Ordinal) { ["limit"] = ParameterValue.Of(2_000L), ["seed"] = ParameterValue.Of(1L) };
        var cell = new Cell("python3.11", Strategy.Processes, 2, Channel.Queue, StartMethod.Spawn, 64, 65_536, parameters);

        Assert.Equal("python3.11 · processes × 2 · queue · spawn · chunk 64 · 65,536 bytes · limit 2000", CellName.Of(cell, new HashSet<string>(StringComparer.Ordinal) { "limit" }));
        Assert.Equal("python3.11 · sequential", CellName.Of(cell with { Strategy = Strategy.Sequential, Workers = 1, Channel = null, StartMethod = null, ChunkSize = null, PayloadBytes = 0 }, new HashSet<string>(StringComparer.Ordinal)));
    }
}
