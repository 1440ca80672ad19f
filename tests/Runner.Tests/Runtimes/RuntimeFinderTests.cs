using Brigade.Runner.Runtimes;
using Xunit;

namespace Brigade.Runner.Tests.Runtimes;

/// <summary>Interpreters here are shell scripts that answer as Python would.</summary>
public sealed class RuntimeFinderTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("brigade-runtimes-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task SearchAsync_InterpretersInSeveralPlaces_FindsEachOnceAndSorts()
    {
        var first = Interpreter("bin/python3.11", 3, 11, 2);
        File.CreateSymbolicLink(Path.Combine(_directory.FullName, "bin", "python3"), first);
        Interpreter("pyenv/versions/3.9.18/bin/python3.9", 3, 9, 18);
        Interpreter("pyenv/versions/3.13.0t/bin/python3.13t", 3, 13, 0, gil: false);

        var runtimes = await SearchAsync();

        Assert.Equal(["dotnet", "python3.9", "python3.11", "python3.13t"], runtimes.Select(runtime => runtime.Id));
        Assert.Equal([null, true, true, false], runtimes.Select(runtime => runtime.Gil));
        Assert.Equal("python3.11", Assert.Single(runtimes, runtime => runtime is { IsDefault: true, Language: "python" }).Id);
    }

    [Fact]
    public async Task SearchAsync_TooOldBrokenOrSilent_IsLeftOut()
    {
        Interpreter("bin/python3.8", 3, 8, 1);
        Script("bin/python3.10", "exit 1");
        Script("bin/python3.12", "echo nonsense");

        Assert.Equal(["dotnet"], (await SearchAsync()).Select(runtime => runtime.Id));
    }

    [Fact]
    public async Task SearchAsync_TwoOfOneVersionLine_GivesTheSecondItsFullVersion()
    {
        Interpreter("bin/python3.11", 3, 11, 2);
        Interpreter("pyenv/versions/3.11.7/bin/python3.11", 3, 11, 7);

        Assert.Equal(["dotnet", "python3.11", "python3.11.7"], (await SearchAsync()).Select(runtime => runtime.Id));
    }

    [Fact]
    public async Task SearchAsync_NoPlainPython3_TheNewestWithALockIsTheDefault()
    {
        Interpreter("pyenv/versions/3.10.1/bin/python3.10", 3, 10, 1);
        Interpreter("pyenv/versions/3.12.1/bin/python3.12", 3, 12, 1);

        Assert.Equal("python3.12", Assert.Single(await SearchAsync(), runtime => runtime is { IsDefault: true, Language: "python" }).Id);
    }

    [Fact]
    public async Task SearchAsync_NodeInSeveralPlaces_FindsEachOnceAndSorts()
    {
        var plain = Node("bin/node", "22.1.0");
        File.CreateSymbolicLink(Path.Combine(_directory.FullName, "bin", "nodejs"), plain);
        Node("nvm/versions/node/v18.3.0/bin/node", "18.3.0");
        Node("nvm/versions/node/v22.9.0/bin/node", "22.9.0");
        Node("nvm/versions/node/v16.0.0/bin/node", "16.0.0");
        Script("bin/node20", "echo nonsense");

        var runtimes = await SearchAsync();

        Assert.Equal(["dotnet", "node18", "node22", "node22.9.0"], runtimes.Select(runtime => runtime.Id));
        Assert.Equal("node22", Assert.Single(runtimes, runtime => runtime is { IsDefault: true, Language: "node" }).Id);
    }

    [Fact]
    public async Task SearchAsync_NoPlainNode_TheNewestIsTheDefault()
    {
        Node("nvm/versions/node/v18.3.0/bin/node", "18.3.0");
        Node("nvm/versions/node/v20.9.0/bin/node", "20.9.0");

        Assert.Equal("node20", Assert.Single(await SearchAsync(), runtime => runtime is { IsDefault: true, Language: "node" }).Id);
    }

    [Fact]
    public async Task FindAsync_ThisMachine_HasDotnetAndRemembers()
    {
        var runtimes = await RuntimeFinder.FindAsync();

        Assert.Contains(runtimes, runtime => runtime is { Id: "dotnet", Gil: null });
        Assert.Same(runtimes, await RuntimeFinder.FindAsync());
    }

    [Fact]
    public async Task ReadAsync_ThisMachine_KnowsItsFacts()
    {
        var machine = await MachineFacts.ReadAsync();

        Assert.Equal(Environment.ProcessorCount, machine.Cores);
        Assert.InRange(machine.MemoryBytes, 1 << 20, long.MaxValue);
        Assert.NotEmpty(machine.Os);
        Assert.NotEmpty(machine.Cpu);
    }

    private Task<IReadOnlyList<Contracts.Runs.RuntimeInfo>> SearchAsync() =>
        RuntimeFinder.SearchAsync(
            new SearchPlaces(Path.Combine(_directory.FullName, "bin"), Path.Combine(_directory.FullName, "pyenv"), Path.Combine(_directory.FullName, "nvm")), CancellationToken.None);

    private string Interpreter(string path, int major, int minor, int micro, bool gil = true)
    {
        var full = Path.Combine(_directory.FullName, path);
        var free = gil ? "false" : "true";
        return Script(path, $$"""
            echo '{"executable": "{{full}}", "realPath": "{{full}}", "major": {{major}}, "minor": {{minor}}, "micro": {{micro}}, "version": "{{major}}.{{minor}}.{{micro}}", "gil": {{(gil ? "true" : "false")}}, "freeThreaded": {{free}}}'
            """);
    }

    private string Node(string path, string version) =>
        Script(path, $$"""echo '{"version": "{{version}}", "executable": "{{Path.Combine(_directory.FullName, path)}}"}'""");

    private string Script(string path, string body)
    {
        var full = Path.Combine(_directory.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, "#!/bin/sh\n" + body + "\n");
#pragma warning disable CA1416 // these tests, like the runner, are for Linux
        File.SetUnixFileMode(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        return full;
    }
}
