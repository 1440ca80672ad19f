using System.Data.Common;
using System.Globalization;

namespace Brigade.Runner.Sql;

/// <summary>
/// Where a database is, in a form that every host can use. Read from an address (<c>postgresql://user:password@host:5432/database</c>, <c>sqlite:///path/to/file</c>) or from
/// the form of .NET (<c>Host=…;Username=…</c>, <c>Data Source=…</c>). Messages never repeat what was read.
/// </summary>
/// <param name="Provider"><c>postgresql</c> or <c>sqlite</c>.</param>
/// <param name="Fields">Of PostgreSQL: host, port, database, user, password, sslmode, as far as they are given. Of SQLite: path.</param>
internal sealed record DatabaseAddress(string Provider, IReadOnlyDictionary<string, string> Fields)
{
    public const string PostgreSql = "postgresql";
    public const string Sqlite = "sqlite";

    public const string Forms = "postgresql://user:password@host:5432/database or sqlite:///path/to/file";

    private static readonly string[] SslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["host"] = "host", ["server"] = "host", ["port"] = "port", ["database"] = "database", ["dbname"] = "database", ["username"] = "user", ["user id"] = "user", ["user"] = "user",
        ["password"] = "password", ["ssl mode"] = "sslmode", ["sslmode"] = "sslmode",
    };

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong, without the address.</exception>
    public static DatabaseAddress Parse(string text)
    {
        var trimmed = text.Trim();
        return trimmed.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase) ? OfUrl(trimmed)
            : trimmed.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) ? OfSqliteUrl(trimmed["sqlite:".Length..])
            : trimmed.Contains("://", StringComparison.Ordinal) ? throw new FormatException($"it begins with no scheme that is known; write {Forms}")
            : OfPairs(trimmed);
    }

    /// <summary>Nothing of it is to be written anywhere.</summary>
    public override string ToString() => Provider;

    private static DatabaseAddress OfUrl(string text)
    {
        // The parts by hand: the platform's reader does not take an empty host, with which the directory of a socket is given.
        var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var query = Cut(ref rest, '?');
        var database = Cut(ref rest, '/');
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (rest.LastIndexOf('@') is var at and >= 0)
        {
            var user = rest[..at];
            Set(fields, "password", Cut(ref user, ':'));
            Set(fields, "user", user);
            rest = rest[(at + 1)..];
        }

        if (rest.Contains(',', StringComparison.Ordinal))
        {
            throw new FormatException("it names more than one host; give one");
        }

        var colon = rest.LastIndexOf(':');
        var hasPort = colon >= 0 && colon > rest.LastIndexOf(']');
        Set(fields, "port", hasPort ? rest[(colon + 1)..] : "");
        Set(fields, "host", (hasPort ? rest[..colon] : rest).Trim('[', ']'));
        Set(fields, "database", database);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = pair;
            var value = Cut(ref name, '=');
            Set(fields, Known(name), value);
        }

        return Checked(fields);
    }

    private static DatabaseAddress OfSqliteUrl(string rest)
    {
        if (rest.Contains('?', StringComparison.Ordinal))
        {
            throw new FormatException("an address of SQLite takes no options; remove what stands behind the question mark");
        }

        // sqlite:///a/b and sqlite:////a/b are the file /a/b, sqlite:a/b is a/b in the runner's directory.
        var path = Uri.UnescapeDataString(rest.StartsWith("//", StringComparison.Ordinal) ? rest[2..] : rest);
        path = path.StartsWith("//", StringComparison.Ordinal) ? path[1..] : path;
        return OfSqlite(path is "/:memory:" ? ":memory:" : path);
    }

    private static DatabaseAddress OfSqlite(string path) => path.Length == 0
        ? throw new FormatException("it names no file; write sqlite:///path/to/file")
        : new DatabaseAddress(Sqlite, new Dictionary<string, string>(StringComparer.Ordinal) { ["path"] = path == ":memory:" ? path : Path.GetFullPath(path) });

    private static DatabaseAddress OfPairs(string text)
    {
        var pairs = new DbConnectionStringBuilder();
        try
        {
            pairs.ConnectionString = text;
        }
        catch (ArgumentException exception)
        {
            throw new FormatException($"it is in no form that is known; write {Forms}", exception);
        }

        if (pairs.Count == 0)
        {
            throw new FormatException($"it is empty; write {Forms}");
        }

        if (pairs.TryGetValue("Data Source", out var file) || pairs.TryGetValue("Filename", out file))
        {
            return pairs.Count == 1 ? OfSqlite(Convert.ToString(file, CultureInfo.InvariantCulture)!) : throw new FormatException("beside Data Source it has other settings, which are not known; remove them");
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in pairs.Keys)
        {
            fields[Known(name)] = Convert.ToString(pairs[name], CultureInfo.InvariantCulture)!;
        }

        return Checked(fields);
    }

    private static DatabaseAddress Checked(Dictionary<string, string> fields)
    {
        if (fields.TryGetValue("port", out var port) && !(int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= ushort.MaxValue))
        {
            throw new FormatException("its port is no number from 1 to 65535");
        }

        if (fields.TryGetValue("sslmode", out var mode))
        {
            // .NET writes VerifyFull for verify-full.
            fields["sslmode"] = SslModes.FirstOrDefault(known => string.Equals(known.Replace("-", "", StringComparison.Ordinal), mode.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
                ?? throw new FormatException($"its sslmode is none of {string.Join(", ", SslModes)}");
        }

        return fields.ContainsKey("host") ? new DatabaseAddress(PostgreSql, fields) : throw new FormatException("it names no host");
    }

    private static string Known(string name) => Names.TryGetValue(name, out var known)
        ? known
        : throw new FormatException($"it has the setting '{(name.Length <= 30 && name.All(character => char.IsAsciiLetter(character) || character is ' ' or '_') ? name : "…")}', which is not known; known are {string.Join(", ", Names.Values.Distinct(StringComparer.Ordinal))}");

    private static void Set(Dictionary<string, string> fields, string name, string value)
    {
        if (value.Length > 0)
        {
            fields[name] = Uri.UnescapeDataString(value);
        }
    }

    /// <summary>Cuts a text at the first such character and gives what stands behind it; empty where there is none.</summary>
    private static string Cut(ref string text, char character)
    {
        var at = text.IndexOf(character, StringComparison.Ordinal);
        var behind = at < 0 ? "" : text[(at + 1)..];
        text = at < 0 ? text : text[..at];
        return behind;
    }
}
