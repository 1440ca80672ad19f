using System.Globalization;
using Brigade.Contracts.Runs;

namespace Brigade.Data.Queries;

/// <summary>Names a machine by what bears on a measurement, so that series of different machines are never mixed.</summary>
public static class MachineKeys
{
    private const int MostCharacters = 200;

    /// <summary>
    /// Processor, processors that may be used, memory rounded to GiB and operating system, as a person reads them; equal for equal machines.
    /// Neither the host's name nor versions of runtimes: a new interpreter is a point in a cell's history, a new name is nothing at all.
    /// </summary>
    public static string Of(Machine machine)
    {
        // An import may tell nothing at all, and that is no machine.
        if (machine is { Cpu: "", Cores: 0, MemoryBytes: 0, Os: "" })
            return "";
        var gibibytes = Math.Round(machine.MemoryBytes / (1024.0 * 1024 * 1024));
        var text = string.Create(CultureInfo.InvariantCulture, $"{(machine.Cpu.Length > 0 ? machine.Cpu : "unknown processor")}, {machine.Cores} {(machine.Cores == 1 ? "core" : "cores")}, {gibibytes} GiB, {machine.Os}");
        var clean = StoredText.Clean(text);
        return clean.Length <= MostCharacters ? clean : clean[..MostCharacters];
    }
}
