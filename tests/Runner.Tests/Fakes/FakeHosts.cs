using Brigade.Contracts.Runs;
using Brigade.Runner.Trials;

namespace Brigade.Runner.Tests.Fakes;

/// <summary>Every runtime but <c>missing…</c> is <c>fake_host.py</c> in one of its modes.</summary>
internal sealed class FakeHosts(params string[] modes) : ITrialHosts
{
    private int _started;

    public IReadOnlyList<RuntimeInfo> Runtimes { get; } = [new("python3.99", "python", "3.99.0", Interpreter, Gil: true, IsDefault: true)];

    private static string Interpreter { get; } = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    public RuntimeInfo? Resolve(string runtime) => runtime.StartsWith("missing", StringComparison.Ordinal) ? null : Runtimes[0];

    public HostCommand CommandFor(RuntimeInfo runtime) => new(
        Interpreter,
        ["-S", "-E", Path.Combine(AppContext.BaseDirectory, "Fakes", "fake_host.py"), modes[Math.Min(_started++, modes.Length - 1)]],
        new Dictionary<string, string>(StringComparer.Ordinal) { ["FROM_THE_HOST"] = "1" });
}
