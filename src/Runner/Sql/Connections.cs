namespace Brigade.Runner.Sql;

/// <summary>
/// The connections that a spec can name. <c>orders-db</c> is the environment variable <c>BRIGADE_SQL_ORDERS_DB</c>; in a run of the command line, whose specs are the caller's own,
/// also the variable of that very name. A runner of a server offers only what its operator named so on purpose.
/// </summary>
internal static class Connections
{
    private const string Prefix = "BRIGADE_SQL_";

    /// <summary>For specs from a server.</summary>
    public static string? Offered(string name) => Environment.GetEnvironmentVariable(Variable(name));

    /// <summary>For specs of the person at the command line.</summary>
    public static string? Local(string name) => Offered(name) ?? Environment.GetEnvironmentVariable(name);

    /// <summary>The variable of a connection.</summary>
    public static string Variable(string name) => Prefix + new string([.. name.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToUpperInvariant(character) : '_')]);

    /// <summary>Where the database of a name is.</summary>
    /// <exception cref="FormatException">It is not known, or cannot be read; the message says how to mend it and holds nothing of it.</exception>
    public static DatabaseAddress Find(string name, Func<string, string?> environment)
    {
        if (environment(name) is not { Length: > 0 } text)
        {
            throw new FormatException($"the connection '{name}' is not known on this machine; set the environment variable {Variable(name)} of the runner to the database's address, such as {DatabaseAddress.Forms}");
        }

        try
        {
            return DatabaseAddress.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"the connection '{name}' cannot be used: {exception.Message}", exception);
        }
    }
}
