using System.Collections.Concurrent;
using Brigade.Contracts.Plan;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Sandbox;

/// <summary>What a trial runs in.</summary>
/// <param name="Box">Its sandbox; null for none.</param>
/// <param name="Refusal">Why it does not run at all; empty where it does.</param>
/// <param name="Directory">Where commands run; null for the trial's own directory.</param>
internal sealed record Containment(Box? Box, string? Directory, string Refusal = "");

/// <summary>
/// Decides which trials run in a sandbox: those of users' code and of commands. Kernels, requests and statements do not: what runs there is Brigade's own, and measures the bare machine.
/// </summary>
/// <param name="state">What holds on this machine.</param>
/// <param name="isTrusted">Whether the operator has said that users' code is trusted.</param>
/// <param name="directory">Where commands run and what they may read; null where they get a directory of their own, because they come from elsewhere.</param>
internal sealed class SandboxPolicy(Func<SandboxState> state, bool isTrusted, string? directory)
{
    /// <summary>The variable with which an operator trusts users' code.</summary>
    public const string TrustVariable = "BRIGADE_TRUST_CODE";

    /// <summary>The option that says the same.</summary>
    public const string TrustOption = "--trust-code";

    private static readonly ConcurrentDictionary<string, (IReadOnlyList<string> Readable, bool PassesDirectories)> Known = new(StringComparer.Ordinal);

    /// <summary>For what the person at this terminal runs.</summary>
    public static SandboxPolicy Local { get; } = new(() => SandboxProbe.State, IsTrustedHere(), Environment.CurrentDirectory);

    /// <summary>For what a server sends.</summary>
    public static SandboxPolicy Agent { get; } = new(() => SandboxProbe.State, IsTrustedHere(), directory: null);

    /// <summary>What the runner tells of itself.</summary>
    public Isolation Isolation() => isTrusted
        ? new Isolation(0, $"none: the operator trusts users' code ({TrustOption})", IsTrusted: true)
        : new Isolation(state().Level, state().Text);

    /// <summary>What a trial runs in.</summary>
    public Containment For(ExperimentSpec spec, Cell cell, HostCommand command)
    {
        if (isTrusted || (spec.Workload.Code is null && spec.Workload.Command is null))
        {
            return new Containment(null, Environment.CurrentDirectory);
        }

        var found = state();
        var what = spec.Workload.Code is null ? "commands" : "users' code";
        if (found.Level == 0)
        {
            return Refuse($"this runner does not run {what}, because it has no sandbox ({found.Text["none: ".Length..]}). To mend it, {found.Mend}, or, if everybody who can send it work may do here what its operator may, start it with {TrustOption} ({TrustVariable}=1)");
        }

        if (found.Level == 2 && !found.OwnUser && (cell.Channel == Channel.Manager || cell.StartMethod == StartMethod.Forkserver))
        {
            var needs = cell.Channel == Channel.Manager ? "the channel manager" : "the start method forkserver";
            return Refuse($"{needs} connects Unix sockets, which the sandbox of this runner cannot let {what} do: among those of its user are ones that start programs outside. Run the runner as root, so that each trial gets a user of its own, or, if everybody who can send it work may do here what its operator may, with {TrustOption}");
        }

        var (readable, passes) = Known.GetOrAdd(string.Join('\n', command.Arguments.Prepend(command.FileName)), _ => Paths(command));
        return new Containment(
            new Box(
                directory is not null && IsNarrow(directory) ? [.. readable, directory] : readable,
                SandboxLimits.Of(spec.Limits, cell.Workers, MachineFacts.Memory()),
                found.OwnUser ? OwnUser.Next() : null,
                found.OwnUser && (passes || (directory is not null && !OwnUser.IsOpenToAll(directory))))
            { Level = found.Level },
            directory);
    }

    private static Containment Refuse(string reason) => new(null, null, reason);

    private static (IReadOnlyList<string> Readable, bool PassesDirectories) Paths(HostCommand command)
    {
        var readable = SandboxPaths.For(command);
        return (readable, readable.Append(Path.GetTempPath()).Any(path => !OwnUser.IsOpenToAll(path)));
    }

    /// <summary>Whether a directory is small enough to be shown to a command: not the root, and no home.</summary>
    private static bool IsNarrow(string directory)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return directory.Length > 1 && !(home + "/").StartsWith(directory.TrimEnd('/') + "/", StringComparison.Ordinal);
    }

    private static bool IsTrustedHere() => Environment.GetEnvironmentVariable(TrustVariable) is "1" or "true";
}
