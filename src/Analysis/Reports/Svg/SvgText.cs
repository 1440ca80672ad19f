using System.Globalization;
using System.Text;

namespace Brigade.Analysis.Reports.Svg;

/// <summary>
/// Writes one SVG picture. Colours are classes that the page's style sheet fills in, so that a picture follows the reader's light or dark scheme and needs no style of its own,
/// which a strict content security policy would refuse.
/// </summary>
internal sealed class SvgText
{
    /// <summary>Estimated width of a letter at the size of charts' text; the reader's font is not known here.</summary>
    public const double LetterWidth = 6.6;

    private readonly StringBuilder _text = new();
    private readonly int _width;
    private readonly int _height;
    private readonly string _label;

    /// <param name="label">What the picture shows, for who cannot see it.</param>
    public SvgText(int width, int height, string label) => (_width, _height, _label) = (width, height, label);

    public SvgText Line(double x1, double y1, double x2, double y2, string classes)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<line class=\"{classes}\" x1=\"{Round(x1)}\" y1=\"{Round(y1)}\" x2=\"{Round(x2)}\" y2=\"{Round(y2)}\"/>\n");
        return this;
    }

    public SvgText Box(double x, double y, double width, double height, string classes)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<rect class=\"{classes}\" x=\"{Round(x)}\" y=\"{Round(y)}\" width=\"{Round(Math.Max(0, width))}\" height=\"{Round(height)}\" rx=\"2\"/>\n");
        return this;
    }

    public SvgText Dot(double x, double y, double radius, string classes)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<circle class=\"{classes}\" cx=\"{Round(x)}\" cy=\"{Round(y)}\" r=\"{Round(radius)}\"/>\n");
        return this;
    }

    public SvgText Path(IReadOnlyList<(double X, double Y)> points, string classes)
    {
        _text.Append(CultureInfo.InvariantCulture, $"<polyline class=\"{classes}\" points=\"{string.Join(' ', points.Select(point => FormattableString.Invariant($"{Round(point.X)},{Round(point.Y)}")))}\"/>\n");
        return this;
    }

    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    public SvgText Words(double x, double y, string words, string classes = "", string anchor = "start")
    {
        _text.Append(CultureInfo.InvariantCulture, $"<text class=\"{classes}\" x=\"{Round(x)}\" y=\"{Round(y)}\" text-anchor=\"{anchor}\">{Escape(words)}</text>\n");
        return this;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{Escape(_label)}\" viewBox=\"0 0 {_width} {_height}\">\n{_text}</svg>\n");

    /// <summary>Text that holds for HTML, for XML, and within quotes.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': escaped.Append("&amp;"); break;
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;
                case '"': escaped.Append("&quot;"); break;
                case '\'': escaped.Append("&#39;"); break;
                case '\n' or '\t': escaped.Append(rune); break;
                default: escaped.Append(Rune.IsControl(rune) ? Rune.ReplacementChar : rune); break;
            }
        }

        return escaped.ToString();
    }

    /// <summary>As much of a text as fits.</summary>
    public static string Fit(string text, double width)
    {
        var letters = (int)(width / LetterWidth);
        return text.Length <= letters ? text : text[..Math.Max(1, letters - 1)] + "…";
    }

    private static double Round(double value) => double.IsFinite(value) ? Math.Round(value, 1) : 0;
}
