using System.Text;
using Brigade.Contracts.Spec.Validation;

namespace Brigade.Contracts.Spec;

/// <summary>
/// Parameters within texts: <c>{name}</c> of a parameter that the cell has, and <c>{index}</c>, the task's number. Any other brace stays as it is, so that JSON needs no escaping.
/// </summary>
public static class Placeholders
{
    /// <summary>Stands for the task's number.</summary>
    public const string Index = "{" + ParameterRules.Index + "}";

    /// <summary>The text between placeholders, and the names of those: there is one piece more than names.</summary>
    public static (IReadOnlyList<string> Pieces, IReadOnlyList<string> Names) Split(string text, Func<string, bool> isKnown)
    {
        List<string> pieces = [], names = [];
        var piece = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var end = text[at] == '{' ? text.IndexOf('}', at) : -1;
            var name = end < 0 ? "" : text[(at + 1)..end];
            if (name.Length > 0 && isKnown(name))
            {
                pieces.Add(piece.ToString());
                names.Add(name);
                piece.Clear();
                at = end + 1;
            }
            else
            {
                piece.Append(text[at++]);
            }
        }

        pieces.Add(piece.ToString());
        return (pieces, names);
    }

    /// <summary>The text with parameters in their places; <c>{index}</c> stays, for it is another one in each task.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, ParameterValue> parameters)
    {
        var (pieces, names) = Split(text, parameters.ContainsKey);
        return string.Concat(pieces.Select((piece, position) => position < names.Count ? piece + parameters[names[position]].Text : piece));
    }
}
