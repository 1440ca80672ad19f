using System.Text.Json.Nodes;
using Brigade.Data.Entities;

namespace Brigade.Web.Features.Webhooks.Formats;

/// <summary>A message for incoming webhooks of Slack, Mattermost, Rocket.Chat and the like: <c>text</c> for all, <c>blocks</c> for those that know them.</summary>
internal sealed class SlackFormat : IPayloadFormat
{
    /// <summary>Slack takes 3000 in one block.</summary>
    private const int LongestText = 2_500;

    public WebhookFormat Format => WebhookFormat.Slack;

    public string Write(Message message)
    {
        var title = Escaped(message.Story.Title);
        var text = Escaped(message.Story.Text);
        var block = $"*<{message.Url}|{title.Replace("|", "¦", StringComparison.Ordinal)}>*\n{(text.Length > LongestText ? text[..LongestText] + "…" : text)}";
        return new JsonObject
        {
            ["text"] = $"{title} {message.Url}",
            ["blocks"] = new JsonArray(new JsonObject { ["type"] = "section", ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = block } }),
        }.ToJsonString();
    }

    // The three that Slack asks to escape: without it a name could mention everybody, or link elsewhere.
    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
