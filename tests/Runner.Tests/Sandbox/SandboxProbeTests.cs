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
        var (first, reason) = SandboxProbe.TryFirst(Environment.IsPrivilegedProcess);

        if (first is not null)
        {
            Assert.Equal((1, Environment.IsPrivilegedProcess), (state.Level, state.OwnUser));
            Assert.StartsWith("level 1, bubblewrap and seccomp, ", state.Text, StringComparison.Ordinal);
        }
        else if (SandboxProbe.Try(Environment.IsPrivilegedProcess).Level == 2)
        {
            Assert.Equal((2, true), (state.Level, state.Text.EndsWith($"(level 1 does not hold: {reason})", StringComparison.Ordinal)));
        }
        else
        {
            Assert.Equal((0, true), (state.Level, state.Text.StartsWith("none: ", StringComparison.Ordinal) && state.Mend.Length > 0));
        }
    }

    [Fact]
    public void Try_KernelWithLandlock_HoldsTheSecondLevel()
    {
        var state = SandboxProbe.Try(Environment.IsPrivilegedProcess);

        Assert.Equal(Landlock.Version > 0 && SystemCall.IsKnown ? 2 : 0, state.Level);
        Assert.StartsWith(state.Level == 2 ? $"level 2, Landlock {Landlock.Version} and seccomp, " : "none: ", state.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_Machine_HoldsTheIsolation()
    {
        var machine = await MachineFacts.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal((SandboxProbe.State.Level, SandboxProbe.State.Text), (machine.Isolation!.Level, machine.Isolation.Text));
    }
}
