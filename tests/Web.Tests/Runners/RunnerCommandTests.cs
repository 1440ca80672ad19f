using System.Text.Json.Nodes;
using Brigade.Web.Runners;

namespace Brigade.Web.Tests.Runners;

public sealed class RunnerCommandTests
{
    [Fact]
    public void Create_Environment_HoldsNoSecretOfTheServer()
    {
        Environment.SetEnvironmentVariable("BRIGADE_TOKEN", "secret");
        Environment.SetEnvironmentVariable("ConnectionStrings__Brigade", "secret");
        try
        {
            var start = RunnerCommand.Create();

            Assert.DoesNotContain("secret", start.Environment.Values, StringComparer.Ordinal);
            Assert.DoesNotContain("secret", start.ArgumentList, StringComparer.Ordinal);
            Assert.Equal(["agent", "--embedded"], start.ArgumentList.TakeLast(2), StringComparer.Ordinal);
            Assert.True(start.RedirectStandardInput);
        }
        finally
        {
            Environment.SetEnvironmentVariable("BRIGADE_TOKEN", null);
            Environment.SetEnvironmentVariable("ConnectionStrings__Brigade", null);
        }
    }

    [Fact]
    public void Greeting_Settings_AreOneLineOfJson()
    {
        var greeting = RunnerCommand.Greeting("http://127.0.0.1:5080", "token", "/data/a \"b\"\n");

        Assert.DoesNotContain('\n', greeting);
        var json = JsonNode.Parse(greeting)!;
        Assert.Equal(("http://127.0.0.1:5080", "token", "/data/a \"b\"\n"), ((string?)json["server"], (string?)json["token"], (string?)json["data"]));
    }
}
