using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;

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
        ["io.sleep"] = settings => new IoSleep(settings),
        ["io.http"] = settings => new IoHttp(settings),
        ["io.file"] = settings => new IoFile(settings),
        ["mixed"] = settings => new Mixed(settings),
    };

    /// <summary>The kernel of one worker.</summary>
    /// <exception cref="TrialFailedException">There is no such kernel, or its parameters are wrong.</exception>
    public static IKernel Create(TrialRequest request, int worker)
    {
        if (request.Workload.Kernel is not { } name)
        {
            throw new TrialFailedException($"The .NET trial host does not run {request.Workload.Code?.Language} code yet; it runs kernels.");
        }

        return All.TryGetValue(name, out var create)
            ? create(new KernelSettings(name, request.Workload.Params ?? new Dictionary<string, ParameterValue>(StringComparer.Ordinal), request.Scratch, worker))
            : throw new TrialFailedException($"The .NET trial host has no kernel `{name}`; it has {string.Join(", ", All.Keys)}.");
    }
}
