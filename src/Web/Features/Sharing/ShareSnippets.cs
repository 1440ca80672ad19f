using System.Net;
using Brigade.Data.Entities;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Sharing;

/// <summary>Addresses of a link that was just made, and text to paste elsewhere.</summary>
/// <param name="Url">What the visitor opens.</param>
/// <param name="EmbedUrl">A chart for another page; null where a password keeps other pages out.</param>
/// <param name="BadgeUrl">The state as a small picture; null where a password keeps other pages out.</param>
public sealed record ShareSnippets(string Url, string? EmbedUrl, string? BadgeUrl)
{
    /// <param name="server">The server's address as the reader has it, without a slash at its end.</param>
    public static ShareSnippets Of(MadeShare made, string server)
    {
        ArgumentNullException.ThrowIfNull(made);
        var url = server + ShareToken.Path(made.Token);
        return made.Row.HasPassword ? new ShareSnippets(url, null, null) : new ShareSnippets(url, url + "/embed", url + "/badge.svg");
    }

    /// <summary>For a README: the badge, which leads to the result.</summary>
    public string Markdown => $"[![Measured with Brigade]({BadgeUrl})]({Url})";

    public string BadgeHtml => $"<a href=\"{WebUtility.HtmlEncode(Url)}\"><img src=\"{WebUtility.HtmlEncode(BadgeUrl)}\" alt=\"Measured with Brigade\"></a>";

    public string EmbedHtml => $"<iframe src=\"{WebUtility.HtmlEncode(EmbedUrl)}\" title=\"Measured with Brigade\" width=\"600\" height=\"420\" style=\"border:0\" loading=\"lazy\"></iframe>";

    internal static string Words(ShareRow row) => row.Kind switch
    {
        ShareKind.Run => "This run",
        ShareKind.Latest => "The latest run",
        _ => row.Cells.Count > 0 && row.Runs.Count == 1 ? $"{row.Cells.Count} cells of a run" : $"{row.Runs.Count} runs side by side",
    };
}
