using System.Text.RegularExpressions;

namespace Brigade.Integration.Tests.Docker;

/// <summary>A Dockerfile as stages of instructions.</summary>
internal sealed partial class Dockerfile
{
    private Dockerfile(IReadOnlyList<DockerStage> stages) => Stages = stages;

    public IReadOnlyList<DockerStage> Stages { get; }

    public DockerStage Stage(string name) => Stages.Single(stage => stage.Name == name);

    public static Dockerfile Parse(string text)
    {
        var stages = new List<DockerStage>();
        foreach (var line in Instructions(text))
        {
            var (word, rest) = (line.Split(' ')[0], line[line.Split(' ')[0].Length..].Trim());
            if (word == "FROM" && From().Match(rest) is { Success: true } from)
                stages.Add(new DockerStage(from.Groups["image"].Value, from.Groups["name"].Value, []));
            else if (stages.Count > 0)
                stages[^1].Instructions.Add((word, rest));
            else if (word != "ARG")
                throw new FormatException($"'{line}' stands before the first FROM.");
        }

        return new Dockerfile(stages);
    }

    /// <summary>Without comments, and with what goes on in the next line joined.</summary>
    private static IEnumerable<string> Instructions(string text)
    {
        var open = "";
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            open += line.TrimEnd('\\');
            if (line[^1] == '\\')
                continue;
            yield return open;
            open = "";
        }

        if (open.Length > 0)
            throw new FormatException($"'{open}' goes on in a line that is not there.");
    }

    [GeneratedRegex(@"^(?<image>\S+) AS (?<name>\S+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex From();
}

internal sealed record DockerStage(string Image, string Name, List<(string Word, string Text)> Instructions)
{
    public string? Last(string word) => Instructions.Where(instruction => instruction.Word == word).Select(instruction => instruction.Text).LastOrDefault();

    public IEnumerable<string> All(string word) => Instructions.Where(instruction => instruction.Word == word).Select(instruction => instruction.Text);

    /// <summary>What the image sets in the environment.</summary>
    public IReadOnlyDictionary<string, string> Environment => All("ENV")
        .SelectMany(rest => rest.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1].Trim('"'), StringComparer.Ordinal);
}
