namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>
/// What the tasks of a trial share or talk to, such as a counter or an echo server. It is made once, in the host, before the workers
/// start, and lives as long as the host. Workers, which may be other processes, find it by what it left in the trial's directory.
/// </summary>
internal interface IKernelFixture : IDisposable
{
    /// <summary>The warm-up is over, and no task runs: what is counted is counted from here.</summary>
    void Begin()
    {
    }

    /// <summary>The measured part runs. A fixture that sees that it cannot end says why, once, from any thread.</summary>
    void Watch(Action<Exception> fail)
    {
    }

    /// <summary>The last measured task has ended: what there is to say about all of them.</summary>
    /// <param name="totals">Of the measured part.</param>
    /// <param name="elapsed">How long it took, to the end of its last task.</param>
    KernelReport End(Totals totals, TimeSpan elapsed) => KernelReport.Empty;
}

/// <summary>A kernel's own figures of a trial, and what the user has to know about them.</summary>
/// <param name="Figures">By names in camelCase that end with the unit, where there is one.</param>
internal sealed record KernelReport(IReadOnlyDictionary<string, double> Figures, IReadOnlyList<string> Warnings)
{
    public static KernelReport Empty { get; } = new(new Dictionary<string, double>(StringComparer.Ordinal), []);
}
