using System.Text.Json.Nodes;
using Xunit;

namespace Brigade.Integration.Tests.Support;

/// <summary>What the embedded runner wrote down of a run, before the server had it.</summary>
internal static class Journal
{
    /// <summary>The numbers of the frames in its whole records, in order; the runner must have ended.</summary>
    public static IReadOnlyList<int> Frames(string data, Guid run)
    {
        var file = Assert.Single(Directory.EnumerateFiles(data, $"{run:N}.journal", SearchOption.AllDirectories));

        // What follows the last line feed was torn by the end.
        return [.. File.ReadAllText(file).Split('\n')[..^1]
            .Select(record => JsonNode.Parse(record[(record.IndexOf(' ') + 1)..])!)
            .Where(json => (string?)json["type"] == "frame")
            .Select(json => (int)json["frame"]!["number"]!)];
    }
}
