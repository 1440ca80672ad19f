using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Brigade.Contracts.Spec;
using Brigade.Runner.Commands;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Brigade.Runner.Tests.Docs;

/// <summary>docs/automation.md: what a reader copies from it works.</summary>
public sealed partial class AutomationTests
{
    private static readonly IReadOnlyList<string> Blocks = [.. Yaml().Matches(File.ReadAllText(Page())).Select(match => match.Groups["text"].Value)];

    [Fact]
    public void Page_Examples_AreAPipelineOfGitHubAndOneOfGitLab()
    {
        var github = Parse(Blocks.Single(block => block.Contains("runs-on:", StringComparison.Ordinal)));
        Assert.All(new[] { "name", "on", "jobs" }, key => Assert.True(github.Children.ContainsKey(key), key));
        var jobs = (YamlMappingNode)github["jobs"];
        Assert.All(jobs.Children.Values.Cast<YamlMappingNode>(), job => Assert.All((YamlSequenceNode)job["steps"], step => Assert.Contains(((YamlMappingNode)step).Children.Keys, key => (string?)key is "run" or "uses")));

        var gitlab = Parse(Blocks.Single(block => block.Contains("script:", StringComparison.Ordinal)));
        Assert.All(gitlab.Children.Values.OfType<YamlMappingNode>().Where(job => job.Children.ContainsKey("script")), job => Assert.NotEmpty((YamlSequenceNode)job["script"]));
    }

    [Fact]
    public void Page_CommandLines_AreUnderstood()
    {
        var lines = Blocks.Where(block => !IsSpec(block)).SelectMany(block => Commands(Parse(block)))
            .Concat(Indented().Matches(File.ReadAllText(Page())).Select(match => match.Groups["text"].Value)).ToList();
        Assert.True(lines.Count >= 8, $"only {lines.Count} command lines were found");

        foreach (var line in lines)
        {
            var parsed = CommandLine.Create().Parse(Words(line)[1..]);

            Assert.True(parsed.Errors.Count == 0, $"{line}: {string.Join(' ', parsed.Errors.Select(error => error.Message))}");
        }
    }

    [Fact]
    public void Page_Specs_AreValid() => Assert.All(Blocks.Where(IsSpec), block => Assert.Empty(SpecReader.Read(block, SpecFormat.Yaml).Errors));

    private static bool IsSpec(string block) => block.Contains("workload:", StringComparison.Ordinal);

    private static YamlMappingNode Parse(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return (YamlMappingNode)Assert.Single(stream.Documents).RootNode;
    }

    private static IEnumerable<string> Commands(YamlNode node) => node switch
    {
        YamlMappingNode mapping => mapping.Children.Values.SelectMany(Commands),
        YamlSequenceNode sequence => sequence.SelectMany(Commands),
        YamlScalarNode { Value: { } text } => text.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("brigade ", StringComparison.Ordinal)),
        _ => [],
    };

    /// <summary>The words that a shell makes of it, a variable being one.</summary>
    private static string[] Words(string line) => [.. Word().Matches(Expression().Replace(line, "value")).Select(match => match.Value.Trim('"', '\''))];

    private static string Page([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "automation.md");

    [GeneratedRegex("^```yaml\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Yaml();

    [GeneratedRegex("^    (?<text>brigade [^#\n|]*)", RegexOptions.Multiline, 1000)]
    private static partial Regex Indented();

    [GeneratedRegex(@"\$\{\{[^}]*\}\}", RegexOptions.None, 1000)]
    private static partial Regex Expression();

    [GeneratedRegex("""("[^"]*"|'[^']*'|[^\s"'])+""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
