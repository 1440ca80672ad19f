using Xunit;

namespace Brigade.Integration.Tests.Docker;

/// <summary>Rules for compose.yaml, which no engine reads here.</summary>
public sealed class ComposeTests
{
    private static readonly string[] Ours = ["web-1", "web-2", "runner-1", "runner-2"];

    // What a service may say, by the Compose specification; what is not here is a slip of the pen.
    private static readonly string[] Keys =
    [
        "image", "build", "restart", "init", "read_only", "cap_drop", "cap_add", "security_opt", "tmpfs", "depends_on", "environment", "secrets", "networks", "volumes", "ports", "healthcheck",
    ];

    private readonly ComposeFile _file = ComposeFile.Load();

    [Fact]
    public void Services_AreADatabaseTwoNodesAProxyAndTwoRunners() =>
        Assert.Equal(["database", "proxy", "runner-1", "runner-2", "web-1", "web-2"], _file.Names("services").Order(StringComparer.Ordinal));

    [Fact]
    public void Keys_AllAreOfTheSpecification()
    {
        Assert.All(_file.Top, key => Assert.True(key.StartsWith("x-", StringComparison.Ordinal) || key is "name" or "services" or "networks" or "volumes" or "secrets", key));
        foreach (var service in _file.Names("services"))
            Assert.All(_file.Service(service).Keys.Cast<string>(), key => Assert.Contains(key, Keys));
    }

    [Fact]
    public void References_All_AreDeclared()
    {
        foreach (var name in _file.Names("services"))
        {
            var service = _file.Service(name);
            Assert.All(ComposeFile.Listed(service, "depends_on"), other => Assert.Contains(other, _file.Names("services")));
            Assert.All(ComposeFile.Listed(service, "networks"), network => Assert.Contains(network, _file.Names("networks")));
            Assert.All(ComposeFile.Listed(service, "secrets"), secret => Assert.Contains(secret, _file.Names("secrets")));
            Assert.All(ComposeFile.Listed(service, "volumes").Where(volume => volume[0] != '.'), volume => Assert.Contains(volume.Split(':')[0], _file.Names("volumes")));
            Assert.All(ComposeFile.Listed(service, "volumes").Where(volume => volume[0] == '.'), volume => Assert.True(File.Exists(Path.Combine(Repository.Root, "docker", volume.Split(':')[0]))));
        }
    }

    [Fact]
    public void Images_All_HaveATagOfAVersion() => Assert.All(_file.Names("services"), name => Assert.Matches(@":\d+\.\d+", (string)_file.Service(name)["image"]!));

    [Fact]
    public void Services_OfOurs_RunWithoutRightsAndOnAReadOnlyDisk()
    {
        foreach (var service in Ours.Append("proxy").Select(_file.Service))
        {
            Assert.Equal("true", service["read_only"]);
            Assert.Equal(["ALL"], ComposeFile.Listed(service, "cap_drop"));
            Assert.Equal(["no-new-privileges:true"], ComposeFile.Listed(service, "security_opt"));
        }

        Assert.All(Ours, name => Assert.DoesNotContain("cap_add", _file.Service(name).Keys));
    }

    [Fact]
    public void Ports_OnlyTheProxys_AreReachedFromOutside()
    {
        Assert.Equal(["proxy"], _file.Names("services").Where(name => _file.Service(name).ContainsKey("ports")));
        Assert.Equal(["database"], _file.Names("services").Where(name => ComposeFile.Listed(_file.Service(name), "networks").SequenceEqual(["nodes"])));
        Assert.All(["runner-1", "runner-2"], name => Assert.Equal(["runners"], ComposeFile.Listed(_file.Service(name), "networks")));
    }

    [Fact]
    public void Secrets_All_ComeFromFilesAndNoneStandsInTheEnvironment()
    {
        Assert.All(_file.Names("secrets"), name => Assert.StartsWith("./secrets/", (string)_file.Secret(name)["file"]!, StringComparison.Ordinal));
        foreach (var name in _file.Names("services"))
        {
            foreach (var (variable, value) in _file.Environment(name))
            {
                if (System.Text.RegularExpressions.Regex.IsMatch(variable, "(?i)(token|password|secret|key|certificate)", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)))
                    Assert.StartsWith("/run/secrets/", value, StringComparison.Ordinal);
                foreach (var secret in value.Split('/').Where(_ => value.StartsWith("/run/secrets/", StringComparison.Ordinal)).Skip(3))
                    Assert.Contains(secret, ComposeFile.Listed(_file.Service(name), "secrets"));
                Assert.DoesNotContain("Password=", value, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public void Health_OfEachService_IsLookedAt()
    {
        var file = Dockerfile.Parse(Repository.Read("docker/Dockerfile"));
        Assert.All(["database", "proxy"], name => Assert.Contains("healthcheck", _file.Service(name).Keys));
        Assert.All(["web", "runner"], stage => Assert.NotNull(file.Stage(stage).Last("HEALTHCHECK")));
    }

    [Fact]
    public void Nodes_TheTwo_DifferInWhereTheyAreReachedAlone()
    {
        var (first, second) = (_file.Environment("web-1"), _file.Environment("web-2"));

        Assert.Equal(["Brigade__Cluster__Address"], first.Keys.Where(name => first[name] != second[name]));
        Assert.Equal(first.Keys, second.Keys);
    }
}
