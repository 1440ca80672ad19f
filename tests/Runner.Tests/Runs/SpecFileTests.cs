using Brigade.Runner.Runs;
using Xunit;

namespace Brigade.Runner.Tests.Runs;

public sealed class SpecFileTests : IDisposable
{
    private const string Code = "version: 1\nname: mine\nworkload:\n  code: { language: python, file: work.py }\n";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("brigade-spec-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task ReadAsync_CodeBesideTheSpec_IsInlined()
    {
        Write("work.py", "def task(index):\n    return index\n");

        var reading = await SpecFile.ReadAsync(Write("spec.yaml", Code));

        Assert.Empty(reading.Errors);
        Assert.StartsWith("def task(index)", reading.Spec!.Workload.Code!.Source, StringComparison.Ordinal);
        Assert.Equal("work.py", reading.Spec.Workload.Code.File);
    }

    [Theory]
    [InlineData("{ \"version\": 1, \"name\": \"j\", \"workload\": { \"kernel\": \"noop\" } }", "spec.json")]
    [InlineData("  { \"version\": 1, \"name\": \"j\", \"workload\": { \"kernel\": \"noop\" } }", "spec.txt")]
    [InlineData("version: 1\nname: j\nworkload: { kernel: noop }", "spec")]
    public async Task ReadAsync_AnyName_TellsTheFormatByNameOrContent(string text, string name)
    {
        var reading = await SpecFile.ReadAsync(Write(name, text));

        Assert.Empty(reading.Errors);
        Assert.Equal("j", reading.Spec!.Name);
    }

    [Fact]
    public async Task ReadAsync_Typo_NamesFileLineAndColumn()
    {
        var path = Write("spec.yaml", "version: 1\nname: x\nworkload: { kernel: noop }\nmatrixx: {}\n");

        Assert.StartsWith($"{path}:4:1: ", Assert.Single((await SpecFile.ReadAsync(path)).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_NoSuchFile_SaysSo() => Assert.Equal("/nowhere/spec.yaml:1:1: There is no such file.", Assert.Single((await SpecFile.ReadAsync("/nowhere/spec.yaml")).Errors));

    [Fact]
    public async Task ReadAsync_Directory_SaysSo() => Assert.EndsWith("This is a directory; name a file.", Assert.Single((await SpecFile.ReadAsync(_directory.FullName)).Errors), StringComparison.Ordinal);

    [Fact]
    public async Task ReadAsync_MissingCode_PointsAtItsNameInTheSpec()
    {
        var path = Write("spec.yaml", Code);

        Assert.StartsWith($"{path}:4:35: workload.code.file: There is no such file.", Assert.Single((await SpecFile.ReadAsync(path)).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_CodeThatIsNotText_SaysWhere()
    {
        await File.WriteAllBytesAsync(Path.Combine(_directory.FullName, "work.py"), [(byte)'a', 0xff, 0xfe]);

        Assert.Contains("The file is not text in UTF-8 (at byte 1); save it as UTF-8.", Assert.Single((await SpecFile.ReadAsync(Write("spec.yaml", Code))).Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_CodeTooLarge_SaysTheLimit()
    {
        Write("work.py", new string('#', SpecFile.MaximumCodeBytes + 1));

        Assert.Contains("larger than the most that is read, 256 KiB", Assert.Single((await SpecFile.ReadAsync(Write("spec.yaml", Code))).Errors), StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
