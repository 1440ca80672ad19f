using Brigade.Contracts.Runs;

namespace Brigade.Runner.Sandbox;

/// <summary>Which sandbox holds on this machine, found out by trying.</summary>
/// <param name="Level">See <see cref="Isolation.Level"/>.</param>
/// <param name="Text">See <see cref="Isolation.Text"/>.</param>
/// <param name="OwnUser">Whether each trial gets a user of its own.</param>
/// <param name="Mend">What to do where nothing holds, as the end of a sentence.</param>
internal sealed record SandboxState(int Level, string Text, bool OwnUser, string Mend = "");
