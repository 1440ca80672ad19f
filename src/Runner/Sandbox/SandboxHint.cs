using Brigade.Contracts.Runs;

namespace Brigade.Runner.Sandbox;

/// <summary>Tells whoever wrote the code of a trial why something was refused to it.</summary>
internal static class SandboxHint
{
    private const string Hint =
        "This trial ran in a sandbox: it has no network, reads the system's programs and libraries alone, and writes to its own directory alone. docs/sandbox.md says how to let it do more.";

    /// <summary>How the runtimes put what a system call says that was refused.</summary>
    private static readonly string[] Refusals = ["PermissionError", "Permission denied", "Operation not permitted", "UnauthorizedAccessException", "Access to the path", "EACCES", "EPERM"];

    /// <summary>In namespaces of its own, what a trial may not see is not there.</summary>
    private static readonly string[] Absences = [.. Refusals, "FileNotFoundError", "No such file or directory", "FileNotFoundException", "DirectoryNotFoundException", "ENOENT", "Read-only file system", "EROFS"];

    /// <summary>The hint, where an error looks as if it needed it.</summary>
    public static IReadOnlyList<string> For(Box? box, string failure, IReadOnlyList<TaskError> errors) =>
        box is not null && errors.Select(error => error.Message + error.Traceback).Append(failure).Any(text => (box.Level == 1 ? Absences : Refusals).Any(refusal => text.Contains(refusal, StringComparison.Ordinal))) ? [Hint] : [];
}
