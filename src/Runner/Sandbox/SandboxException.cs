using System.ComponentModel;

namespace Brigade.Runner.Sandbox;

/// <summary>A trial cannot be locked in as it has to be, and must not start. The message says why, as the middle of a sentence.</summary>
internal sealed class SandboxException(string message) : Exception(message)
{
    /// <summary>With the system's reason for the call that just failed.</summary>
    public static SandboxException Of(string what) => new($"{what}: {new Win32Exception().Message}");
}
