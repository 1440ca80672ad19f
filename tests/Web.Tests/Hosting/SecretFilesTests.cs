using Brigade.Web.Hosting;
using Microsoft.Extensions.Configuration;

namespace Brigade.Web.Tests.Hosting;

public sealed class SecretFilesTests : IDisposable
{
    private readonly string _temp = Directory.CreateTempSubdirectory("brigade-web-").FullName;

    public void Dispose() => Directory.Delete(_temp, recursive: true);

    [Theory]
    [InlineData("BRIGADE_TOKEN_FILE", "BRIGADE_TOKEN")]
    [InlineData("ConnectionStrings:BrigadeFile", "ConnectionStrings:Brigade")]
    [InlineData("Brigade:OpenIdConnect:ClientSecretFile", "Brigade:OpenIdConnect:ClientSecret")]
    [InlineData("Brigade:Smtp:PasswordFile", "Brigade:Smtp:Password")]
    [InlineData("Brigade:Keys:PasswordFile", "Brigade:Keys:Password")]
    public void Read_SettingThatNamesAFile_IsItsContentWithoutTheLastLineFeed(string setting, string target)
    {
        var configuration = Configuration((setting, Secret("a secret\n")));

        SecretFiles.Read(configuration);

        Assert.Equal("a secret", configuration[target]);
    }

    [Fact]
    public void Read_PasswordOfTheDatabase_GoesIntoTheConnectionString()
    {
        var configuration = Configuration(("ConnectionStrings:Brigade", "Host=db;Database=brigade;Username=brigade"), ("ConnectionStrings:BrigadePasswordFile", Secret("a;b\n")));

        SecretFiles.Read(configuration);

        Assert.Equal("a;b", new Npgsql.NpgsqlConnectionStringBuilder(configuration["ConnectionStrings:Brigade"]).Password);
    }

    [Fact]
    public void Read_MissingFile_SaysWhichAndForWhat()
    {
        var refusal = Assert.Throws<StartException>(() => SecretFiles.Read(Configuration(("Brigade:Smtp:PasswordFile", Path.Combine(_temp, "missing")))));

        Assert.Contains("missing", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Brigade__Smtp__PasswordFile", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EmptyFileOrBothForms_AreRefused()
    {
        Assert.Throws<StartException>(() => SecretFiles.Read(Configuration(("BRIGADE_TOKEN_FILE", Secret("\n")))));
        Assert.Throws<StartException>(() => SecretFiles.Read(Configuration(("BRIGADE_TOKEN_FILE", Secret("x")), ("BRIGADE_TOKEN", "y"))));
    }

    private string Secret(string content)
    {
        var file = Path.Combine(_temp, "secret");
        File.WriteAllText(file, content);
        return file;
    }

    private static ConfigurationManager Configuration(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value)));
        return configuration;
    }
}
