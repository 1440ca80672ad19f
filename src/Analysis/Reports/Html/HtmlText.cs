using System.Globalization;
using System.Text;
using Brigade.Analysis.Reports.Svg;

namespace Brigade.Analysis.Reports.Html;

/// <summary>Writes HTML, with everything that comes from outside escaped.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _text = new();

    /// <summary>Markup of our own.</summary>
    public HtmlText Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    public HtmlText Line(string markup) => Raw(markup).Raw("\n");

    /// <summary>An element with text in it; nothing where there is no text.</summary>
    public HtmlText Element(string name, string text, string attributes = "") =>
        text.Length == 0 ? this : Line($"<{name}{(attributes.Length > 0 ? " " + attributes : "")}>{SvgText.Escape(text)}</{name}>");

    /// <summary>A table that scrolls by itself where it is too wide, for the keyboard too.</summary>
    /// <param name="columns">Those that begin with # hold numbers.</param>
    /// <param name="rows">The first cell of each is its header.</param>
    public HtmlText Table(string label, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Line($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{SvgText.Escape(label)}\"><table>\n<thead><tr>");
        foreach (var column in columns)
            Element("th", column.TrimStart('#'), $"scope=\"col\"{Number(column)}");
        Line("</tr></thead>\n<tbody>");
        foreach (var row in rows)
        {
            Raw("<tr>");
            foreach (var (index, cell) in row.Index())
                Raw(index == 0 ? $"<th scope=\"row\">{SvgText.Escape(cell)}</th>" : string.Create(CultureInfo.InvariantCulture, $"<td{Number(columns[index])}>{SvgText.Escape(cell)}</td>"));
            Line("</tr>");
        }

        return Line("</tbody></table></div>");
    }

    public override string ToString() => _text.ToString();

    private static string Number(string column) => column.StartsWith('#') ? " class=\"number\"" : "";
}
