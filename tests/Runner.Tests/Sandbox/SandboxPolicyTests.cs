using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;
using Brigade.Runner.Sandbox;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Sandbox;

public sealed class SandboxPolicyTests
{
    private static readonly SandboxState Nothing = new(0, "none: this kernel has no Landlock, or it is switched off", OwnUser: false, "use a newer kernel");
    private static readonly SandboxState Level2 = new(2, "level 2", OwnUser: false);
    private static readonly HostCommand Python = new("/usr/bin/python3", [], new Dictionary<string, string>(StringComparer.Ordinal));

    public static TheoryData<string> OwnWorkloads => new("kernel", "http", "sql");

    [Theory]
    [MemberData(nameof(OwnWorkloads))]
    public void For_BrigadesOwnCode_RunsOnTheBareMachine(string kind)
    {
        var containment = Policy(Nothing).For(Spec(kind), Cell(), Python);

        Assert.Equal((null, ""), (containment.Box, containment.Refusal));
    }

    [Theory]
    [InlineData("code", "users' code")]
    [InlineData("command", "commands")]
    public void For_NothingHolds_RefusesAndSaysHowToMendIt(string kind, string what)
    {
        var containment = Policy(Nothing).For(Spec(kind), Cell(), Python);

        Assert.StartsWith($"this runner does not run {what}, because it has no sandbox (this kernel has no Landlock, or it is switched off). To mend it, use a newer kernel, or, ", containment.Refusal, StringComparison.Ordinal);
        Assert.Contains("--trust-code (BRIGADE_TRUST_CODE=1)", containment.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void For_OperatorTrustsCode_RunsItWithoutSandbox()
    {
        var policy = new SandboxPolicy(() => Nothing, isTrusted: true, "/tmp");

        Assert.Equal((null, ""), (policy.For(Spec("code"), Cell(), Python).Box, policy.For(Spec("code"), Cell(), Python).Refusal));
        Assert.Equal((0, true), (policy.Isolation().Level, policy.Isolation().IsTrusted));
    }

    [Theory]
    [InlineData("code")]
    [InlineData("command")]
    public void For_UsersCode_GetsABoxThatSeesTheSystemAndNoHome(string kind)
    {
        var box = Policy(Level2).For(Spec(kind), Cell(), Python).Box!;

        Assert.Contains("/usr", box.Readable);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.DoesNotContain(box.Readable, path => (home + "/").StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal));
        Assert.DoesNotContain(box.Readable, path => path is "/" or "/etc" or "/tmp" or "/var" or "/run");
        Assert.False(box.Network);
    }

    [Fact]
    public void For_RunnerThatMayChooseUsers_GivesEachTrialItsOwn()
    {
        var policy = Policy(Level2 with { OwnUser = true });

        var users = Enumerable.Range(0, 20).Select(_ => policy.For(Spec("code"), Cell(), Python).Box!.User).ToList();

        Assert.Equal(20, users.Distinct().Count());
        Assert.All(users, user => Assert.InRange(user!.Value, 61_184, 65_519));
    }

    /// <summary>A process that connects to a socket of its own user's session bus can start programs outside of any sandbox.</summary>
    [Fact]
    public void For_SocketsAmongTheSameUser_AreRefused()
    {
        Assert.Contains("the channel manager connects Unix sockets", Policy(Level2).For(Spec("code"), Cell() with { Channel = Channel.Manager }, Python).Refusal, StringComparison.Ordinal);
        Assert.Contains("the start method forkserver connects Unix sockets", Policy(Level2).For(Spec("code"), Cell() with { StartMethod = StartMethod.Forkserver }, Python).Refusal, StringComparison.Ordinal);
        Assert.Equal("", Policy(Level2 with { OwnUser = true }).For(Spec("code"), Cell() with { Channel = Channel.Manager }, Python).Refusal);
    }

    [Fact]
    public void For_LimitsOfTheSpec_AreCappedByTheRunners()
    {
        var limits = SandboxLimits.Of(new LimitsSpec { Memory = 1L << 40, Disk = 4 << 20, Processes = 30_000, TrialTimeout = TimeSpan.FromSeconds(10), CpuTime = TimeSpan.FromSeconds(3) }, workers: 2, machineMemory: 8L << 30);

        Assert.Equal((4L << 30, 4L << 20, 304, LimitsSpec.MostOutput, 4), (limits.Memory, limits.Disk, limits.Processes, limits.Output, limits.CpuSeconds));
    }

    private static SandboxPolicy Policy(SandboxState state) => new(() => state, isTrusted: false, directory: null);

    private static ExperimentSpec Spec(string kind) => new()
    {
        Name = "test",
        Workload = kind switch
        {
            "code" => new WorkloadSpec { Code = new CodeSpec { Language = "python", Source = "def task(index): pass" } },
            "command" => new WorkloadSpec { Command = new CommandSpec { Argv = ["true"] } },
            "http" => new WorkloadSpec { Http = new HttpSpec { Url = "http://127.0.0.1/" } },
            "sql" => new WorkloadSpec { Sql = new SqlSpec { Connection = "x", Query = "select 1" } },
            _ => new WorkloadSpec { Kernel = "noop" },
        },
    };

    private static Cell Cell() => TrialPlanner.Expand(Spec("kernel") with { Matrix = new MatrixSpec { Runtime = ["python"], Strategy = [Strategy.Sequential] } }, seed: 1).Cells[0];
}
