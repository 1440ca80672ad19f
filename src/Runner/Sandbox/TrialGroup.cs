using Brigade.Runner.Trials;

namespace Brigade.Runner.Sandbox;

/// <summary>
/// A process group for one trial, held by a process of the runner's own: a process that is locked in cannot make a group, nor leave the one that it was started in, so that one signal reaches
/// all that a trial has ever started. The holder waits for the end of its input, which comes with the runner's own end, however that comes, and then kills the whole group.
/// </summary>
internal sealed class TrialGroup : IDisposable
{
    private const string Hold = "trap '' HUP INT QUIT TERM; while read -r line; do :; done; kill -9 0";

    private static readonly Dictionary<string, string> NoVariables = [];

    /// <summary>What holds the group.</summary>
    public HostProcess Holder { get; } = HostProcess.Start(new HostStart("/bin/sh", ["-c", Hold], NoVariables, "/", Group: 0));

    /// <summary>Its number, which is the holder's.</summary>
    public int Id => Holder.Id;

    /// <summary>Ends the holder, and all else that is left in the group.</summary>
    public void Dispose()
    {
        _ = Linux.Kill(-Holder.Id, Linux.Sigkill);
        Holder.Dispose();
    }
}
