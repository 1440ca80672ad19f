using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;

namespace Brigade.Runner.Trials;

/// <summary>
/// Takes secrets out of everything that a trial tells: as they are, and as they look quoted, encoded or cut off. It is there for accidents; code that wants to give a secret away can write it backwards.
/// </summary>
internal sealed partial class Redactor
{
    public const string Mask = "***";

    private readonly IReadOnlyList<string> _forms;

    public Redactor(IEnumerable<string> secrets) => _forms =
        [.. secrets.SelectMany(Forms).Where(form => form.Length >= SecretReferences.ShortestValue).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];

    /// <summary>With nothing to hide.</summary>
    public static Redactor None { get; } = new([]);

    /// <summary>The text without secrets.</summary>
    public string Hide(string text)
    {
        if (_forms.Count == 0 || text.Length == 0)
        {
            return text;
        }

        foreach (var form in _forms)
        {
            text = text.Replace(form, Mask, StringComparison.Ordinal);
        }

        // What was cut out of a long text may have had a secret at its edge.
        return string.Concat(LeftOut().Split(text).Select((piece, position) => position % 2 == 1 ? piece : HideEdges(piece)));
    }

    public TrialResult Hide(TrialResult result) => _forms.Count == 0 ? result : result with
    {
        Failure = Hide(result.Failure),
        Warnings = [.. result.Warnings.Select(Hide)],
        TaskErrors = [.. result.TaskErrors.Select(error => error with { Message = Hide(error.Message), Traceback = Hide(error.Traceback) })],
    };

    private string HideEdges(string piece)
    {
        var end = piece.EndsWith('…') ? piece[..^1] : piece;
        foreach (var form in _forms)
        {
            for (var length = Math.Min(form.Length - 1, end.Length); length >= SecretReferences.ShortestValue; length--)
            {
                if (end.AsSpan().EndsWith(form.AsSpan(0, length), StringComparison.Ordinal))
                {
                    return HideStart(end[..^length] + Mask);
                }
            }
        }

        return HideStart(piece);
    }

    private string HideStart(string piece)
    {
        foreach (var form in _forms)
        {
            for (var length = Math.Min(form.Length - 1, piece.Length); length >= SecretReferences.ShortestValue; length--)
            {
                if (piece.AsSpan().StartsWith(form.AsSpan(form.Length - length), StringComparison.Ordinal))
                {
                    return Mask + piece[length..];
                }
            }
        }

        return piece;
    }

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return secret.Trim();
        foreach (var line in secret.Split('\n', StringSplitOptions.TrimEntries))
        {
            yield return line;
        }

        yield return JsonEncodedText.Encode(secret).ToString();
        yield return JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        yield return secret.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('=');
        yield return Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret));
    }

    [GeneratedRegex(@"(?<cut>\n\[\.\.\. \d+ bytes left out \.\.\.\]\n)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LeftOut();
}
