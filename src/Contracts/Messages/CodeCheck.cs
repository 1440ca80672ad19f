namespace Brigade.Contracts.Messages;

/// <summary>Code to look at without running it.</summary>
/// <param name="Language">As in the spec: <c>python</c>, <c>csharp</c>.</param>
/// <param name="File">A name for messages; empty for the language's usual one.</param>
/// <param name="Runtime">Whose rules count, such as <c>python3.11</c>; empty for the language's default runtime.</param>
public sealed record CodeCheckRequest(string Language, string File, string Source, string Runtime = "");

/// <summary>What a look at code found.</summary>
/// <param name="Problems">In the order of the text; empty where there is nothing to say.</param>
/// <param name="Failure">Why the code could not be checked, in one line; empty where it was.</param>
public sealed record CodeCheckReply(IReadOnlyList<CodeProblem> Problems, string Failure = "")
{
    /// <summary>Whether the code can be run as far as can be seen.</summary>
    public bool IsGood() => Failure.Length == 0 && Problems.All(problem => problem.Severity != CodeProblem.Error);
}

/// <summary>One thing to say about code.</summary>
/// <param name="Severity"><see cref="Error"/> or <see cref="Warning"/>.</param>
/// <param name="Id">The compiler's own, such as <c>CS0103</c>, or the kind of error, such as <c>SyntaxError</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 units, as is <paramref name="EndColumn"/>.</param>
/// <param name="EndLine">Of the place just behind the last character that is meant.</param>
public sealed record CodeProblem(string Severity, string Id, string Message, int Line, int Column, int EndLine, int EndColumn)
{
    public const string Error = "error";
    public const string Warning = "warning";
}
