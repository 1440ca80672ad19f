using Brigade.Runner.Runtimes;
using Brigade.Runner.Sandbox;
using Xunit;

namespace Brigade.Runner.Tests.Sandbox;

public sealed class SandboxProbeTests
{
    [Fact]
    public void State_AnyMachine_TellsALevelOrWhyThereIsNone()
    {
        var state = SandboxProbe.State;

        if (Landlock.Version > 0 && SystemCall.IsKnown)
        {
            Assert.Equal((2, Environment.IsPrivilegedProcess), (state.Level, state.OwnUser));
            Assert.StartsWith($"level 2, Landlock {Landlock.Version} and seccomp, ", state.Text, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal((0, true), (state.Level, state.Text.StartsWith("none: ", StringComparison.Ordinal) && state.Mend.Length > 0));
        }
    }

    [Fact]
    public async Task ReadAsync_Machine_HoldsTheIsolation()
    {
        var machine = await MachineFacts.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal((SandboxProbe.State.Level, SandboxProbe.State.Text), (machine.Isolation!.Level, machine.Isolation.Text));
    }
}
