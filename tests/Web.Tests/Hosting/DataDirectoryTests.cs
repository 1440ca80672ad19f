using Brigade.Web.Hosting;
using Microsoft.Extensions.Configuration;

namespace Brigade.Web.Tests.Hosting;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly string _temp = Directory.CreateTempSubdirectory("brigade-web-").FullName;

    public void Dispose() => Directory.Delete(_temp, recursive: true);

    [Fact]
    public void Open_NewDirectory_IsMadeForThisUserOnly()
    {
        var data = DataDirectory.Open(Configuration(Path.Combine(_temp, "new", "data")));

        Assert.True(Directory.Exists(data.Runner));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data.Path));
    }

    [Fact]
    public void Open_FileInTheWay_SaysWhatAndHowToMend()
    {
        var file = Path.Combine(_temp, "file");
        File.WriteAllText(file, "");

        var refusal = Assert.Throws<StartException>(() => DataDirectory.Open(Configuration(file)));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("BRIGADE_DATA", refusal.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Configuration(string path) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>("BRIGADE_DATA", path)]).Build();
}
