using System.Runtime.Versioning;
using Brigade.Runner.Remote;
using Brigade.Runner.Runs;
using Xunit;

namespace Brigade.Runner.Tests.Remote;

[SupportedOSPlatform("linux")]
public sealed class CredentialsTests : IDisposable
{
    private static readonly Uri Server = ServerAddress.Parse("https://brigade.example.org/");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("brigade-keys-");

    private string Place => Path.Combine(_directory.FullName, "brigade");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Keep_Key_IsFoundForItsServerOnlyAndNobodyElseCanReadIt()
    {
        var credentials = new Credentials(Place);
        credentials.Keep(Server, "first");
        credentials.Keep(ServerAddress.Parse("http://127.0.0.1:5080"), "second");

        Assert.Equal("first", new Credentials(Place).Find(ServerAddress.Parse("https://brigade.example.org")));
        Assert.Equal("second", new Credentials(Place).Find(ServerAddress.Parse("http://127.0.0.1:5080/")));
        Assert.Null(credentials.Find(ServerAddress.Parse("https://brigade.example.com")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(credentials.Place));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Place));
        Assert.Single(Directory.GetFiles(Place));
    }

    [Fact]
    public void Forget_KnownAndUnknown_SaysWhich()
    {
        var credentials = new Credentials(Place);
        credentials.Keep(Server, "key");

        Assert.True(credentials.Forget(Server));
        Assert.False(credentials.Forget(Server));
        Assert.Null(credentials.Find(Server));
    }

    [Fact]
    public void Find_FileThatOthersCanRead_IsRefused()
    {
        var credentials = new Credentials(Place);
        credentials.Keep(Server, "key");
        File.SetUnixFileMode(credentials.Place, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Contains("chmod 600", Assert.Throws<RunOutputException>(() => credentials.Find(Server)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_DamagedFile_SaysHowToMend()
    {
        var credentials = new Credentials(Place);
        credentials.Keep(Server, "key");
        File.WriteAllText(credentials.Place, "{");

        Assert.Contains("brigade login", Assert.Throws<RunOutputException>(() => credentials.Find(Server)).Message, StringComparison.Ordinal);
    }
}
