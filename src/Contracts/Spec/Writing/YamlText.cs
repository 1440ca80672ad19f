using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Brigade.Contracts.Spec.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Brigade.Contracts.Spec.Writing;

/// <summary>Renders a spec's JSON object as YAML in the shape that people write: sections as blocks, short lists and objects on one line, code as a literal block.</summary>
internal sealed class YamlText
{
    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal) { "", "/workload", "/workload/code", "/workload/http", "/workload/sql", "/workload/command", "/matrix", "/faults", "/thresholds", "/abort", "/load/stages" };

    private readonly Emitter _emitter;

    private YamlText(TextWriter writer) =>
        _emitter = new Emitter(writer, new EmitterSettings(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024, indentSequences: true, newLine: "\n"));

    public static string Of(JsonObject json)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var yaml = new YamlText(writer);
        yaml._emitter.Emit(new StreamStart());
        yaml._emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        yaml.Node(json, "");
        yaml._emitter.Emit(new DocumentEnd(isImplicit: true));
        yaml._emitter.Emit(new StreamEnd());
        return writer.ToString();
    }

    private void Node(JsonNode? node, string pointer)
    {
        switch (node)
        {
            case JsonObject json:
                _emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, IsBlock(pointer, json) ? MappingStyle.Block : MappingStyle.Flow));
                foreach (var (key, value) in json)
                {
                    Scalar(key, isText: true);
                    Node(value, JsonPointer.Append(pointer, key));
                }

                _emitter.Emit(new MappingEnd());
                break;
            case JsonArray list:
                _emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, Blocks.Contains(pointer) && list.Count > 0 ? SequenceStyle.Block : SequenceStyle.Flow));
                foreach (var item in list)
                {
                    Node(item, pointer + "/-");
                }

                _emitter.Emit(new SequenceEnd());
                break;
            default:
                Scalar(node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node?.ToJsonString() ?? "null", node?.GetValueKind() == JsonValueKind.String);
                break;
        }
    }

    private static bool IsBlock(string pointer, JsonObject json) =>
        json.Count > 0 && (Blocks.Contains(pointer) || (string.Equals(pointer, "/load", StringComparison.Ordinal) && json.ContainsKey("stages")));

    private void Scalar(string text, bool isText) =>
        _emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, isText ? StyleOf(text) : ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: true));

    /// <summary>Plain where it reads as the same text, a literal block for plain code of several lines, else in quotes that can hold anything.</summary>
    private static ScalarStyle StyleOf(string text) =>
        IsLiteral(text) ? ScalarStyle.Literal
        : IsPlain(text) ? ScalarStyle.Plain
        : ScalarStyle.DoubleQuoted;

    private static bool IsPlain(string text) =>
        YamlTreeReader.KindOfPlain(text) == ScalarKind.Text
        && char.IsAsciiLetterOrDigit(text[0])
        && text[^1] is not (' ' or ':')
        && text.All(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '.' or '-' or '_' or '/' or '<' or '>' or '=' or '%' or '+' or '(' or ')');

    /// <summary>Literal blocks keep a text as it is only if its first line is not indented, no line is blank at its end, and nothing needs an escape.</summary>
    private static bool IsLiteral(string text) =>
        text.Contains('\n', StringComparison.Ordinal)
        && text[0] is not (' ' or '\n' or '\t')
        && !text.EndsWith("\n\n", StringComparison.Ordinal)
        && !text.EndsWith(' ')
        && text.EnumerateRunes().All(rune => rune.Value is '\n' or (>= ' ' and <= '~') or (>= 0xA1 and < 0x2000) or (>= 0x3000 and < 0xD800));
}
