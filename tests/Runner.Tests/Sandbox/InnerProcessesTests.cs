using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;
using Brigade.Runner.Sandbox;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Sandbox;

public sealed class InnerProcessesTests
{
    [Fact]
    public async Task Outside_WorkerInANamespace_IsFoundByItsOuterNumbers()
    {
        var command = new HostCommand("/bin/sh", ["-c", "echo $$; read line"], new Dictionary<string, string>(StringComparer.Ordinal));
        var spec = new ExperimentSpec { Name = "inner", Workload = new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = "def task(index): pass" } } };
        await using var process = TrialProcess.Start(command, TimeProvider.System, box: Exploits.At(1).For(spec, TrialPlanner.Expand(spec, seed: 1).Cells[0], command).Box);
        using var output = new StreamReader(process.Output);
        var inner = int.Parse((await output.ReadLineAsync(TestContext.Current.CancellationToken))!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(inner, 2, 20);

        var outside = new InnerProcesses(process.Id).Outside(new WorkerIdentity(0, inner, inner));

        Assert.NotEqual(inner, outside.Pid);
        Assert.Equal(outside.Pid, outside.Tid);
        Assert.Contains("read line", await File.ReadAllTextAsync($"/proc/{outside.Pid}/cmdline", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(new WorkerIdentity(1, 999_999, 0), new InnerProcesses(process.Id).Outside(new WorkerIdentity(1, 999_999, 0)));
    }
}
