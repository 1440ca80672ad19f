using Npgsql;

namespace Brigade.Web.Hosting;

/// <summary>Secrets that stand in files, as containers get them: for a setting NAME, NAMEFile names the file that holds its value.</summary>
internal static class SecretFiles
{
    private const string Connection = "ConnectionStrings:Brigade";

    // By the setting, the one that names a file.
    private static readonly (string Setting, string File)[] Known =
    [
        (Access.AccessTokens.Variable, $"{Access.AccessTokens.Variable}_FILE"),
        (Connection, $"{Connection}File"),
        ("Brigade:OpenIdConnect:ClientSecret", "Brigade:OpenIdConnect:ClientSecretFile"),
        ("Brigade:Smtp:Password", "Brigade:Smtp:PasswordFile"),
        ("Brigade:Keys:Password", "Brigade:Keys:PasswordFile"),
    ];

    /// <exception cref="StartException">A file cannot be read, or a secret is given twice.</exception>
    public static void Read(ConfigurationManager configuration)
    {
        var read = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (setting, file) in Known)
        {
            if (configuration[file] is not { Length: > 0 } path)
                continue;
            if (!string.IsNullOrEmpty(configuration[setting]))
                throw new StartException($"{Variable(setting)} and {Variable(file)} are both set. Keep one of them.");
            read[setting] = Content(file, path);
        }

        // PostgreSQL's own container takes the password alone from a file, and one file is enough.
        if (configuration[$"{Connection}PasswordFile"] is { Length: > 0 } passwordPath)
            read[Connection] = WithPassword(read.GetValueOrDefault(Connection) ?? configuration[Connection], Content($"{Connection}PasswordFile", passwordPath));
        if (read.Count > 0)
            configuration.AddInMemoryCollection(read);
    }

    private static string WithPassword(string? connection, string password)
    {
        if (string.IsNullOrWhiteSpace(connection))
            throw new StartException($"{Variable(Connection)}PasswordFile is set and {Variable(Connection)} is not. Write it as Host=…;Database=…;Username=…");
        try
        {
            return new NpgsqlConnectionStringBuilder(connection) { Password = password }.ConnectionString;
        }
        catch (ArgumentException)
        {
            return connection; // what is wrong with it is said where it is used
        }
    }

    private static string Content(string setting, string path)
    {
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } content ? content : throw new StartException($"The file {path} is empty ({Variable(setting)}).");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The file {path} cannot be read ({Variable(setting)}): {problem.Message}", problem);
        }
    }

    private static string Variable(string setting) => setting.Replace(":", "__", StringComparison.Ordinal);
}
