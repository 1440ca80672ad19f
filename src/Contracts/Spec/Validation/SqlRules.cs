namespace Brigade.Contracts.Spec.Validation;

/// <summary>A statement and the name of a connection; never the connection itself, which would be stored with the spec.</summary>
internal static class SqlRules
{
    private const int MaximumQuery = 64 * 1024;

    public static void Check(ExperimentSpec spec, SqlSpec sql, RuleContext context)
    {
        const string pointer = "/workload/sql/connection";
        if (sql.Connection.Contains("://", StringComparison.Ordinal) || sql.Connection.Contains('=', StringComparison.Ordinal))
        {
            // The value is not repeated: it may hold a password.
            context.Report(pointer, "workload.sql.connection has to be the name of a connection, such as ORDERS_DB, and not the connection itself, which would be stored with the experiment; put it into an environment variable of that name.");
        }
        else if (context.ShortText(pointer, sql.Connection, 100) && !sql.Connection.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-'))
        {
            context.Report(pointer, "workload.sql.connection is a name of letters, digits, dashes and underscores, such as ORDERS_DB.");
        }

        if (string.IsNullOrWhiteSpace(sql.Query))
        {
            context.Report("/workload/sql/query", "workload.sql.query is missing or empty; give it the statement to execute.");
        }
        else if (sql.Query.Length > MaximumQuery || sql.Query.Contains('\0', StringComparison.Ordinal))
        {
            context.Report("/workload/sql/query", $"workload.sql.query is longer than {RuleContext.Number(MaximumQuery)} characters, or holds a NUL character; shorten it.");
        }
        else if (QuotedPlaceholder(spec, sql.Query) is { } name)
        {
            context.Report("/workload/sql/query", $"workload.sql.query has {{{name}}} within quotes, where it is a part of the text; values are bound, so write it without quotes.");
        }

        ParameterRules.CheckPlaces(spec, "sql", [sql.Query], context);
    }

    private static string? QuotedPlaceholder(ExperimentSpec spec, string query)
    {
        var (pieces, names) = Placeholders.Split(query, name => name == ParameterRules.Index || spec.Workload.Params.ContainsKey(name) || spec.Matrix.Params.ContainsKey(name));
        var quotes = 0;
        for (var position = 0; position < names.Count; position++)
        {
            quotes += pieces[position].Count(character => character == '\'');
            if (quotes % 2 == 1)
            {
                return names[position];
            }
        }

        return null;
    }
}
