using System.Text.RegularExpressions;
using Xunit;

namespace Brigade.Integration.Tests.Docker;

/// <summary>Rules for the images, which no engine builds here.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string[] Known = ["ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "LABEL", "RUN", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"];

    private readonly Dockerfile _file = Dockerfile.Parse(Repository.Read("docker/Dockerfile"));

    [Fact]
    public void Instructions_All_AreKnownAndNoneDownloads() =>
        Assert.All(_file.Stages.SelectMany(stage => stage.Instructions), instruction => Assert.Contains(instruction.Word, Known));

    [Fact]
    public void Images_All_HaveATagOfAVersion() => Assert.All(_file.Stages, stage => Assert.Matches(Pinned(), stage.Image));

    [Theory]
    [InlineData("web", "mcr.microsoft.com/dotnet/aspnet:")]
    [InlineData("runner", "mcr.microsoft.com/dotnet/runtime:")]
    public void FinalImages_AreOfARuntimeWithoutSdkAndRunAsNobodySpecial(string name, string image)
    {
        var stage = _file.Stage(name);

        Assert.StartsWith(image, stage.Image, StringComparison.Ordinal);
        Assert.Equal("1654:1654", stage.Last("USER"));
        Assert.StartsWith("[\"", stage.Last("ENTRYPOINT"), StringComparison.Ordinal);
        Assert.Contains("CMD [\"", stage.Last("HEALTHCHECK"), StringComparison.Ordinal);
        Assert.NotNull(stage.Last("VOLUME"));
        Assert.True(stage.Instructions.FindLastIndex(instruction => instruction.Word == "RUN") < stage.Instructions.FindIndex(instruction => instruction.Word == "USER"), "What needs root comes before the user.");
    }

    [Fact]
    public void Packages_OfTheRunner_AreFewAndLeaveNoLists()
    {
        var install = Assert.Single(_file.Stage("runner").All("RUN"));

        Assert.Contains("--no-install-recommends", install, StringComparison.Ordinal);
        Assert.Contains("rm -rf /var/lib/apt/lists/*", install, StringComparison.Ordinal);
        Assert.Contains("python3", install, StringComparison.Ordinal);
        Assert.Contains("bubblewrap", install, StringComparison.Ordinal);
        Assert.DoesNotContain(_file.Stage("web").All("RUN"), run => run.Contains("apt-get", StringComparison.Ordinal));
    }

    [Fact]
    public void Copies_FromTheRepository_AreThereAndNotIgnored()
    {
        var ignored = Repository.Read("docker/Dockerfile.dockerignore");
        foreach (var copy in _file.Stages.SelectMany(stage => stage.All("COPY")).Where(copy => !copy.Contains("--from=", StringComparison.Ordinal)))
        {
            foreach (var source in copy.Split(' ').Where(part => !part.StartsWith("--", StringComparison.Ordinal)).SkipLast(1).Select(source => source.TrimEnd('/')))
            {
                Assert.True(File.Exists(Path.Combine(Repository.Root, source)) || Directory.Exists(Path.Combine(Repository.Root, source)), $"{source} is copied and not there.");
                Assert.Contains(ignored.Split('\n'), line => line == $"!{source}" || (line == "!docker/*.sh" && source.EndsWith(".sh", StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public void Copies_FromStages_NameStagesBefore()
    {
        foreach (var (stage, index) in _file.Stages.Select((stage, index) => (stage, index)))
        {
            foreach (var from in stage.All("COPY").SelectMany(copy => copy.Split(' ')).Where(part => part.StartsWith("--from=", StringComparison.Ordinal)).Select(part => part["--from=".Length..]))
                Assert.Contains(from, _file.Stages.Take(index).Select(earlier => earlier.Name));
        }
    }

    [Fact]
    public void Environment_OfTheImages_HasNoSecrets() =>
        Assert.All(_file.Stages.SelectMany(stage => stage.Environment.Keys), name => Assert.DoesNotMatch("(?i)(token|password|secret|key)$", name));

    [Theory]
    [InlineData("docker/web-health.sh")]
    [InlineData("docker/runner-health.sh")]
    [InlineData("docker/runner-start.sh")]
    [InlineData("docker/secrets.sh")]
    public async Task Scripts_All_AreShell(string script)
    {
        using var bash = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("bash", ["-n", Path.Combine(Repository.Root, script)]) { RedirectStandardError = true })!;
        var errors = await bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();

        Assert.Equal((0, ""), (bash.ExitCode, errors));
        Assert.StartsWith("#!/bin/bash\n", Repository.Read(script), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^[a-z0-9./-]+:\d+\.\d+[\w.-]*$", RegexOptions.None, 1000)]
    private static partial Regex Pinned();
}
