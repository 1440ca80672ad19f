using System.Globalization;
using System.Net;

namespace Brigade.Web.Features.Sharing;

/// <summary>What a badge says, and how it feels about it.</summary>
/// <param name="Text">Words of our own, never of a user.</param>
public sealed record Badge(string Text, string Colour)
{
    private const string Green = "#1a6e3c";
    private const string Red = "#b3261e";
    private const string Blue = "#0064a8";
    private const string Grey = "#59636e";
    private const string Label = "brigade";
    private const double Letter = 6.3;

    public static Badge Good(string text) => new(text, Green);

    public static Badge Bad(string text) => new(text, Red);

    public static Badge Busy(string text) => new(text, Blue);

    public static Badge Neutral(string text) => new(text, Grey);

    /// <summary>A picture of 20 pixels height that needs nothing else.</summary>
    public string ToSvg()
    {
        var (left, right) = (Width(Label), Width(Text));
        var text = WebUtility.HtmlEncode(Text);
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{Label}: {text}"><title>{Label}: {text}</title>
            <clipPath id="r"><rect width="{left + right}" height="20" rx="4"/></clipPath>
            <g clip-path="url(#r)"><rect width="{left}" height="20" fill="#39424c"/><rect x="{left}" width="{right}" height="20" fill="{Colour}"/></g>
            <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11"><text x="{left / 2.0:0.#}" y="14" textLength="{left - 12}">{Label}</text><text x="{left + (right / 2.0):0.#}" y="14" textLength="{right - 12}">{text}</text></g>
            </svg>

            """);
    }

    private static int Width(string text) => (int)Math.Ceiling(text.Length * Letter) + 14;
}
