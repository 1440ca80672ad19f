using Brigade.Runner.Protocol;
using Brigade.Runner.Recording;

namespace Brigade.Runner.Tests.Fakes;

/// <summary>Samples that a test writes down.</summary>
internal static class Samples
{
    public static ProcessSample At(long at, double userMs = 0, double systemMs = 0, long memory = 0, long voluntary = 0, long involuntary = 0, params WorkerSample[] workers) =>
        new(at, userMs, systemMs, memory, voluntary, involuntary, workers);

    public static TaskRecord Task(int worker, long startMs, long endMs, bool isError = false) => new(worker, isError, 0, startMs * 1_000_000, endMs * 1_000_000);
}
