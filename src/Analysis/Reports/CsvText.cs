using System.Text;
using Brigade.Contracts.Spec;

namespace Brigade.Analysis.Reports;

/// <summary>
/// CSV by RFC 4180: commas, CRLF, quotes where a field needs them. A text that a spreadsheet would take for a formula (it begins with =, +, -, @, tab or CR) gets an apostrophe in front;
/// numbers are written as they are.
/// </summary>
internal sealed class CsvText
{
    private const string LineEnd = "\r\n";
    private readonly StringBuilder _text = new();
    private bool _begun;

    public CsvText Text(string value) => Raw(value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠' ? "'" + value : value);

    public CsvText Number(long? value) => Raw(value?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "");

    public CsvText Number(double? value) => Raw(value is { } number ? ReportText.Exact(number) : "");

    /// <summary>A parameter: a number as it is, else a text.</summary>
    public CsvText Value(ParameterValue value) => value.IsNumber ? Raw(value.Text) : Text(value.Text);

    public CsvText EndLine()
    {
        _text.Append(LineEnd);
        _begun = false;
        return this;
    }

    public override string ToString() => _text.ToString();

    private CsvText Raw(string field)
    {
        if (_begun)
            _text.Append(',');
        _begun = true;
        if (field.AsSpan().IndexOfAny(",\"\r\n") < 0)
            _text.Append(field);
        else
            _text.Append('"').Append(field.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        return this;
    }
}
