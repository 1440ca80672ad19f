using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Workloads;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>All kernels of the .NET host, by the names of <see cref="KernelCatalogue"/>.</summary>
internal static class KernelRegistry
{
    public static IReadOnlyDictionary<string, Func<KernelSettings, IKernel>> All { get; } = new Dictionary<string, Func<KernelSettings, IKernel>>(StringComparer.Ordinal)
    {
        ["noop"] = _ => new Noop(),
        ["cpu.primes"] = settings => new CpuPrimes(settings),
        ["cpu.pi"] = settings => new CpuPi(settings),
        ["cpu.sha256"] = settings => new CpuSha256(settings),
        ["cpu.matrix"] = settings => new CpuMatrix(settings),
        ["cpu.json"] = settings => new CpuJson(settings),
        ["cpu.compress"] = settings => new CpuCompress(settings),
        ["memory.stream"] = settings => new MemoryStreamCopy(settings),
        ["memory.random"] = settings => new MemoryRandom(settings),
        ["io.sleep"] = settings => new IoSleep(settings),
        ["io.http"] = settings => new IoHttp(settings),
        ["io.file"] = settings => new IoFile(settings),
        ["io.tcp"] = Echo.OverTcp,
        ["io.unix-socket"] = Echo.OverUnixSocket,
        ["shared.counter"] = settings => new SharedCounter(settings),
        ["shared.collection"] = settings => new SharedCollection(settings),
        ["ipc.transfer"] = settings => new IpcTransfer(settings),
        ["deadlock"] = settings => new Deadlock(settings),
        ["mixed"] = settings => new Mixed(settings),
    };

    /// <summary>What some kernels need once for all workers of a trial.</summary>
    public static IReadOnlyDictionary<string, Func<KernelSettings, TrialRequest, IKernelFixture>> Fixtures { get; } =
        new Dictionary<string, Func<KernelSettings, TrialRequest, IKernelFixture>>(StringComparer.Ordinal)
        {
            ["io.tcp"] = (settings, _) => ServerFixture.StartTcp(settings, KernelServer.EchoKind),
            ["io.unix-socket"] = (settings, _) => ServerFixture.StartUnix(settings, KernelServer.EchoKind),
            ["shared.counter"] = CountingFixture.OfCounter,
            ["shared.collection"] = CountingFixture.OfCollection,
            ["ipc.transfer"] = (settings, _) => new IpcTransferFixture(settings),
            ["deadlock"] = (settings, request) => new DeadlockFixture(settings, request),
        };

    /// <summary>What the trial's kernel needs beside its workers; null where it needs nothing.</summary>
    /// <exception cref="TrialFailedException">Its parameters are wrong, or it cannot be had.</exception>
    public static IKernelFixture? CreateFixture(TrialRequest request) => request.Workload.Kernel is { } name && Fixtures.TryGetValue(name, out var create)
        ? create(Settings(name, request, worker: 0), request)
        : null;

    /// <summary>The kernel of one worker.</summary>
    /// <exception cref="TrialFailedException">There is no such kernel, or its parameters are wrong.</exception>
    public static IKernel Create(TrialRequest request, int worker)
    {
        if (request.Workload.Kernel is not { } name)
        {
            return WorkloadRegistry.Create(request);
        }

        return All.TryGetValue(name, out var create)
            ? create(Settings(name, request, worker))
            : throw new TrialFailedException($"The .NET trial host has no kernel `{name}`; it has {string.Join(", ", All.Keys)}.");
    }

    private static KernelSettings Settings(string name, TrialRequest request, int worker) =>
        new(name, request.Workload.Params ?? new Dictionary<string, ParameterValue>(StringComparer.Ordinal), request.Scratch, worker) { Network = request.Network?.Rules };
}
