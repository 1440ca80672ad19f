namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>
/// What one task does. Each worker has its own instance, so a kernel may keep what it needs between tasks, and is never used by two
/// tasks at once. Results are those of <c>docs/trial-protocol.md</c>, equal in every runtime.
/// The runner's code is compiled ahead of time, for the sake of the start: a loop that is measured is marked
/// <c>AggressiveOptimization</c>, which has it compiled for this machine at its first call, once and for all.
/// </summary>
internal interface IKernel
{
    /// <summary>Runs one task and blocks the thread as long as it takes.</summary>
    /// <param name="index">From 0, within the phase.</param>
    ulong Run(long index);

    /// <summary>Runs one task on the event loop of the calling thread. A kernel that never waits blocks the loop.</summary>
    ValueTask<ulong> RunAsync(long index) => new(Run(index));
}
