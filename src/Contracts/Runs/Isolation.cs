namespace Brigade.Contracts.Runs;

/// <summary>How well a runner keeps users' code and commands from the machine that it runs on.</summary>
/// <param name="Level">1: namespaces of its own. 2: a process that is locked before it begins. 0: nothing holds, and such trials are refused unless <paramref name="IsTrusted"/>.</param>
/// <param name="Text">The same in words, without a full stop; where nothing holds, why.</param>
/// <param name="IsTrusted">Whether the runner's operator has said that users' code is trusted: then it runs as the runner itself does.</param>
public sealed record Isolation(int Level, string Text, bool IsTrusted = false);
