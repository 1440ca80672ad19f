using System.Globalization;
using System.Text;

namespace Brigade.Analysis.Importing;

/// <summary>A CSV file (RFC 4180) with a header, its rows by column name.</summary>
internal sealed class CsvTable
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    private CsvTable(IReadOnlyList<string> header, IReadOnlyList<CsvRow> rows)
    {
        foreach (var (index, name) in header.Index())
            _columns.TryAdd(name.Trim(), index);
        Rows = rows;
        foreach (var row in rows)
            row.Table = this;
    }

    public IReadOnlyList<CsvRow> Rows { get; }

    public bool Has(string column) => _columns.ContainsKey(column);

    public int IndexOf(string column) => _columns.GetValueOrDefault(column, -1);

    /// <exception cref="ImportException">It is no CSV, or has too many rows.</exception>
    public static CsvTable Parse(string text)
    {
        List<string>? header = null;
        List<CsvRow> rows = [];
        var (at, line) = (0, 1);
        while (at < text.Length)
        {
            var first = line;
            var fields = Record(text, ref at, ref line);
            if (fields is [{ Length: 0 }])
                continue;
            if (header is null)
                header = fields;
            else if (fields.Count != header.Count)
                throw new ImportException($"This row has {fields.Count} fields, and the header has {header.Count}.", line: first);
            else if (rows.Count == ImportLimits.MaximumRows)
                throw new ImportException(string.Create(CultureInfo.InvariantCulture, $"The file has more than {ImportLimits.MaximumRows:#,0} rows."), line: first);
            else
                rows.Add(new CsvRow(fields, first));
        }

        return header is null ? throw new ImportException("The file is empty.") : new CsvTable(header, rows);
    }

    private static List<string> Record(string text, ref int at, ref int line)
    {
        List<string> fields = [];
        var field = new StringBuilder();
        var first = line;
        var isQuoted = false;
        for (; at < text.Length; at++)
        {
            var letter = text[at];
            if (isQuoted)
            {
                if (letter == '\n')
                    line++;
                if (letter != '"')
                    field.Append(letter);
                else if (at + 1 < text.Length && text[at + 1] == '"')
                    field.Append(text[at++]);
                else
                    isQuoted = false;
            }
            else if (letter == '"' && field.Length == 0)
            {
                isQuoted = true;
            }
            else if (letter == ',')
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else if (letter == '\n')
            {
                at++;
                line++;
                break;
            }
            else
            {
                field.Append(letter);
            }
        }

        if (isQuoted)
            throw new ImportException("A quoted field that begins in this row does not end.", line: first);
        fields.Add(field.ToString().TrimEnd('\r'));
        return fields;
    }
}

/// <param name="Line">From 1.</param>
internal sealed record CsvRow(IReadOnlyList<string> Fields, int Line)
{
    public CsvTable Table { get; set; } = null!;

    public string Text(string column) => Table.IndexOf(column) is >= 0 and var index ? Fields[index] : throw new ImportException($"The column '{column}' is missing.", column, 1);

    /// <summary>A number from 0 to <paramref name="most"/>; null where the field is empty, N/A, or the column is not there.</summary>
    public double? Number(string column, double most)
    {
        if (!Table.Has(column) || Text(column) is "" or "N/A")
            return null;
        var text = Text(column);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            throw Wrong(column, $"'{(text.Length <= 40 ? text : text[..39] + "…")}' is no number.");
        return value >= 0 && value <= most ? value : throw Wrong(column, string.Create(CultureInfo.InvariantCulture, $"{value:R} cannot be; it is to be from 0 to {most:R}."));
    }

    public double Need(string column, double most) => Number(column, most) ?? throw Wrong(column, "This is to be a number, and is empty.");

    public ImportException Wrong(string column, string message) => new(message, column, Line);
}
