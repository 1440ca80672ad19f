using Brigade.Data.Queries;
using Brigade.Data.Tests.Support;
using Xunit;

namespace Brigade.Data.Tests.Queries;

public sealed class MachineKeysTests
{
    [Fact]
    public void Of_Machine_IsReadable() => Assert.Equal("A processor, 2 cores, 7 GiB, Debian 12", MachineKeys.Of(Samples.Machine));

    [Fact]
    public void Of_WhatDoesNotBearOnAMeasurement_IsTheSame() => Assert.Equal(
        MachineKeys.Of(Samples.Machine),
        MachineKeys.Of(Samples.Machine with { Host = "other", LoadAverage = 3, Runtimes = [], Version = "9", MemoryBytes = Samples.Machine.MemoryBytes + 1_000_000 }));

    [Fact]
    public void Of_WhatBearsOnAMeasurement_IsAnother()
    {
        var machine = Samples.Machine;
        string[] keys =
        [
            MachineKeys.Of(machine), MachineKeys.Of(machine with { Cpu = "Another" }), MachineKeys.Of(machine with { Cores = 4 }),
            MachineKeys.Of(machine with { MemoryBytes = 16_000_000_000 }), MachineKeys.Of(machine with { Os = "Debian 13" }),
        ];

        Assert.Equal(keys.Length, keys.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Of_VeryLongNames_IsBounded() => Assert.Equal(200, MachineKeys.Of(Samples.Machine with { Cpu = new string('x', 1_000) }).Length);

    [Fact]
    public void Of_NothingKnown_IsNoMachine() => Assert.Equal("", MachineKeys.Of(new("host", 0, 0, "", "", "", 0, [])));
}
