using System.Diagnostics;
using Brigade.Tests.Shared;
using Npgsql;
using Xunit;

namespace Brigade.Integration.Tests.Docker;

/// <summary>What the images hold, published into directories that everybody can read, and a PostgreSQL that other users reach.</summary>
public sealed class PublishedFixture : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("brigade-published-").FullName;

    public PostgresServer Postgres { get; } = new();

    public string Web => Path.Combine(_root, "app");

    public async ValueTask InitializeAsync()
    {
        await Postgres.InitializeAsync();
        using var publish = Process.Start(new ProcessStartInfo(
            "dotnet", ["publish", Path.Combine(Repository.Root, "src/Web/Web.csproj"), "--no-build", "--configuration", Repository.Configuration, "--output", Web, "-v", "quiet"])
        { RedirectStandardOutput = true })!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, output);
        Open(_root);
    }

    public async ValueTask DisposeAsync()
    {
        await Postgres.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>An empty database that other users of this machine reach too, as another container would.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var database = await Postgres.CreateDatabaseAsync();
        Open(new NpgsqlConnectionStringBuilder(database).Host!);
        return database;
    }

    private static void Open(string directory) => File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
}
