using System.Security.Cryptography;
using System.Text;

namespace Brigade.Analysis.Importing;

/// <summary>Names from outside in the form that Brigade's have.</summary>
public static class ImportNames
{
    private const int MaximumExperimentName = 100;

    /// <summary>The parameter that holds a benchmark's name.</summary>
    public const string Parameter = Contracts.Spec.WorkloadSpec.BenchmarkParameter;

    /// <summary>An experiment's name: letters, digits, spaces, dots, dashes and underscores, at most 100; <c>imported</c> where nothing is left.</summary>
    public static string Clean(string name)
    {
        var kept = new string([.. name.Select(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '.' or '-' or '_' ? letter : '-')]).Trim(' ', '-', '.');
        while (kept.Contains("--", StringComparison.Ordinal))
            kept = kept.Replace("--", "-", StringComparison.Ordinal);
        return kept.Length == 0 ? "imported" : kept.Length <= MaximumExperimentName ? kept : kept[..MaximumExperimentName].TrimEnd(' ', '-', '.');
    }

    /// <summary>The file's name without directories and extension.</summary>
    public static string Stem(string fileName)
    {
        var name = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var dot = name.LastIndexOf('.');
        return dot > 0 ? name[..dot] : name;
    }

    /// <summary>A benchmark's name or a parameter's value on one line; a longer one is cut, with a hash of the whole so that it stays one of its own.</summary>
    public static string Benchmark(string name)
    {
        var line = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
            line.Append(Rune.IsControl(rune) ? new Rune(' ') : rune);
        var text = line.ToString().Trim();
        if (text.Length <= ImportLimits.MaximumNameLength)
            return text.Length > 0 ? text : "(without a name)";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));
        return $"{text[..(ImportLimits.MaximumNameLength - 10)]}… {hash}";
    }
}
