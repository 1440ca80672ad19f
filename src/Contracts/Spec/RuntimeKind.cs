using System.Globalization;

namespace Brigade.Contracts.Spec;

/// <summary>What specs, plans and texts know of one kind of runtime. How it is found on a machine and how its trial host is started is the runner's business.</summary>
public sealed record RuntimeKind
{
    /// <summary>The name in specs that means the runner's default of this kind, with which all its names begin: <c>python</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it: <c>Python</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Other names for the default: <c>python3</c>.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What comes before the version in the name of one installation: <c>python3.</c>; null where there is only one.</summary>
    public string? VersionPrefix { get; init; }

    /// <summary>What may follow the version: <c>t</c>.</summary>
    public string VersionSuffix { get; init; } = "";

    /// <summary>What <see cref="VersionSuffix"/> means, for people.</summary>
    public string SuffixTitle { get; init; } = "";

    /// <summary>The oldest version that the trial host runs on, and how many digits a version has at most.</summary>
    public int OldestVersion { get; init; }

    /// <inheritdoc cref="OldestVersion"/>
    public int VersionDigits { get; init; } = 2;

    /// <summary>The value of <see cref="CodeSpec.Language"/> for the code that it runs.</summary>
    public required string CodeLanguage { get; init; }

    /// <summary>What people call that language.</summary>
    public required string CodeTitle { get; init; }

    /// <summary>What a piece of code is called where it has no name.</summary>
    public required string CodeFile { get; init; }

    /// <summary>Further ends of the names of files with such code.</summary>
    public IReadOnlyList<string> MoreExtensions { get; init; } = [];

    /// <summary>What the code has to define, as it is told to people.</summary>
    public required string CodeDefines { get; init; }

    public IReadOnlyList<Strategy> Strategies { get; init; } = Enum.GetValues<Strategy>();

    public IReadOnlyList<Channel> Channels { get; init; } = Enum.GetValues<Channel>();

    /// <summary>The start methods among which it has a choice.</summary>
    public IReadOnlyList<StartMethod> StartMethods { get; init; } = [];

    /// <summary>Whether its task pool takes several tasks at a time.</summary>
    public bool PoolTakesChunks { get; init; } = true;

    /// <summary>The built-in kernels that it has; null for every one.</summary>
    public IReadOnlyList<string>? Kernels { get; init; }

    /// <summary>The kinds of workload besides kernels and code that it has: <c>http</c>, <c>sql</c>, <c>command</c>.</summary>
    public IReadOnlyList<string> Workloads { get; init; } = ["http", "sql", "command"];

    /// <summary>Why threads that compute run at the same time where no global lock is in force; the end of a sentence that begins with "because".</summary>
    public string ThreadsRunBecause { get; init; } = "no lock keeps them from running at the same time";

    /// <summary>Whether a name is one of this kind's.</summary>
    /// <param name="name">A name in a spec.</param>
    /// <param name="version">The version in it; <see cref="int.MaxValue"/> where it has none.</param>
    public bool IsName(string name, out int version)
    {
        version = int.MaxValue;
        if (string.Equals(name, Name, StringComparison.Ordinal) || Aliases.Contains(name, StringComparer.Ordinal))
        {
            return true;
        }

        if (VersionPrefix is null || !name.StartsWith(VersionPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        var digits = name[VersionPrefix.Length..];
        digits = VersionSuffix.Length > 0 && digits.EndsWith(VersionSuffix, StringComparison.Ordinal) ? digits[..^VersionSuffix.Length] : digits;
        return digits.Length > 0 && digits.Length <= VersionDigits
            && (digits.Length == 1 || digits[0] != '0')
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out version);
    }

    /// <summary>The name of one installation for people: <c>Python 3.13 (free-threaded)</c>.</summary>
    public string TitleOf(string id)
    {
        if (id.Length <= Name.Length || Aliases.Contains(id, StringComparer.Ordinal))
        {
            return Title;
        }

        var version = id[Name.Length..];
        return VersionSuffix.Length > 0 && version.EndsWith(VersionSuffix, StringComparison.Ordinal)
            ? $"{Title} {version[..^VersionSuffix.Length]} ({SuffixTitle})"
            : $"{Title} {version}";
    }
}
