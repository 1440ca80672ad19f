using System.Text;
using Brigade.Analysis.Importing;
using Xunit;

namespace Brigade.Analysis.Tests.Importing;

internal static class Fixture
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Importing", "Fixtures", name));

    /// <summary>The run in a file that is good.</summary>
    public static ForeignRun Run(string name)
    {
        var reading = Importers.Read(name, Bytes(name));
        Assert.Null(reading.Problem);
        return reading.Run!;
    }

    public static ImportReading Read(string text, string? tool = null, string name = "file.json") => Importers.Read(name, Encoding.UTF8.GetBytes(text), tool is null ? null : Importers.Find(tool));
}
