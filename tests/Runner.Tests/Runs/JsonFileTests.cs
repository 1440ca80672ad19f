using Brigade.Runner.Runs;
using Xunit;

namespace Brigade.Runner.Tests.Runs;

public sealed class JsonFileTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("brigade-json-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task WriteAsync_Value_ReplacesTheFileAndLeavesNothingElse()
    {
        var path = Path.Combine(_directory.FullName, "out.json");
        await File.WriteAllTextAsync(path, "old");

        await JsonFile.WriteAsync(path, new { Answer = 42 });

        Assert.Equal("{\n  \"answer\": 42\n}\n", await File.ReadAllTextAsync(path));
        Assert.Single(_directory.GetFileSystemInfos());
    }

    [Fact]
    public async Task WriteAsync_FileInSharedMemory_IsReplacedAsOthersAre()
    {
        var path = $"/dev/shm/brigade-json-{Guid.NewGuid():N}.json";
        try
        {
            await File.WriteAllTextAsync(path, new string('x', 1_000));

            await JsonFile.WriteAsync(path, new { Answer = 42 });

            Assert.Equal("{\n  \"answer\": 42\n}\n", await File.ReadAllTextAsync(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task WriteAsync_FullDisk_SaysSo()
    {
        var exception = await Assert.ThrowsAsync<RunOutputException>(() => JsonFile.WriteAsync("/dev/full", new { Answer = 42 }));

        Assert.StartsWith("The disk is full: /dev/full cannot be written.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Problem_WritablePath_IsNoneAndLeavesNothing()
    {
        Assert.Null(JsonFile.Problem(Path.Combine(_directory.FullName, "out.json")));
        Assert.Empty(_directory.GetFileSystemInfos());
    }

    [Fact]
    public void Problem_Directory_IsSaid() => Assert.Contains("is a directory", JsonFile.Problem(_directory.FullName), StringComparison.Ordinal);

    [Fact]
    public void Problem_MissingDirectory_IsSaid() => Assert.Contains("does not exist; make it first", JsonFile.Problem("/nowhere/out.json"), StringComparison.Ordinal);
}
