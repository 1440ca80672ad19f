using System.Text.Json.Nodes;
using Brigade.Web.Runners;

namespace Brigade.Web.Tests.Runners;

public sealed class RunnerCommandTests
{
    [Theory]
    [InlineData("BRIGADE_TOKEN")]
    [InlineData("brigade_token")]
    [InlineData("ASPNETCORE_BRIGADE_TOKEN")]
    [InlineData("ConnectionStrings__Brigade")]
    [InlineData("POSTGRESQLCONNSTR_Brigade")]
    [InlineData("PGPASSWORD")]
    public void Create_Environment_HoldsNoSecretOfTheServer(string variable)
    {
        Environment.SetEnvironmentVariable(variable, "secret");
        try
        {
            var start = RunnerCommand.Create();

            Assert.DoesNotContain("secret", start.Environment.Values, StringComparer.Ordinal);
            Assert.Equal(Environment.GetEnvironmentVariable("PATH"), start.Environment["PATH"]);
            Assert.DoesNotContain("secret", start.ArgumentList, StringComparer.Ordinal);
            Assert.Equal(["agent", "--embedded"], start.ArgumentList.TakeLast(2), StringComparer.Ordinal);
            Assert.True(start.RedirectStandardInput);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
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
