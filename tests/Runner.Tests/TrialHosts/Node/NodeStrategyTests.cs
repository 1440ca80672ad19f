using System.Globalization;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Tests.Sandbox;
using Brigade.Runner.TrialHosts.DotNet.Kernels;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.Node;

public sealed class NodeStrategyTests
{
    public static TheoryData<Strategy> Strategies => NodeTrials.Strategies;

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Run_NumberOfTasks_RunsEachIndexOnce(Strategy strategy)
    {
        var tasks = Many(strategy);
        (string, ParameterValue)[] parameters = [("points", ParameterValue.Of(50)), ("seed", ParameterValue.Of(7))];

        var result = await NodeTrials.CompleteAsync(NodeTrials.Kernel("cpu.pi", strategy, 3, parameters) with { Load = new LoadSpec { Tasks = tasks } });

        // The result of this kernel depends on the index: the sum tells whether each came once.
        var kernel = new CpuPi(new KernelSettings("cpu.pi", parameters.ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal), "", 0));
        var sum = Enumerable.Range(0, tasks).Aggregate(0UL, (sum, index) => sum + kernel.Run(index));
        Assert.Equal((tasks, 0, 0), (result.Tasks, result.Errors, result.Lost));
        Assert.Equal(sum.ToString("x16", CultureInfo.InvariantCulture), result.Checksum);
        Assert.StartsWith("node", result.Runtime, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Run_Duration_EndsAfterIt(Strategy strategy)
    {
        var result = await NodeTrials.CompleteAsync(NodeTrials.Kernel("io.sleep", strategy, 2, ("milliseconds", ParameterValue.Of(7))) with
        {
            Load = new LoadSpec { Duration = TimeSpan.FromMilliseconds(150) },
        });

        Assert.InRange(result.Tasks, 1, 1 + (2 * 150 / 7) + 2);
        Assert.True(result.Latency.P50Ms >= 7, "a task must not wait less than it was told");
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Run_TasksThatOnlyWait_OverlapsThemButForSequential(Strategy strategy)
    {
        var result = await NodeTrials.CompleteAsync(NodeTrials.Kernel("io.sleep", strategy, 5, ("milliseconds", ParameterValue.Of(400))) with { Load = new LoadSpec { Tasks = 5 } });

        Assert.Equal(strategy == Strategy.Sequential, result.WallMs >= 2_000 && strategy != Strategy.ProcessPerTask);
    }

    /// <summary>A process for each task takes its time.</summary>
    private static int Many(Strategy strategy) => strategy == Strategy.ProcessPerTask ? 12 : 2_000;

    [Theory]
    [InlineData(Strategy.Pool)]
    [InlineData(Strategy.Processes)]
    public async Task Run_ChunksOfSeveralTasks_RunsEachIndexOnce(Strategy strategy)
    {
        var spec = NodeTrials.Code("const task = (index) => index;", strategy, 2);

        var result = await NodeTrials.CompleteAsync(spec with { Load = new LoadSpec { Tasks = 1_000 }, Matrix = spec.Matrix with { ChunkSize = [64] } });

        Assert.Equal((1_000, "0000000000079f2c"), (result.Tasks, result.Checksum));
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Run_TasksThatThrow_CountsThemAndGoesOn(Strategy strategy)
    {
        const string Source = """
            function task(index) {
              if (index % 2 === 1) throw new TypeError(`no ${'x'.repeat(100_000)}`);
              return 1;
            }
            """;

        var result = await NodeTrials.CompleteAsync(NodeTrials.Code(Source, strategy));

        Assert.Equal((20, 10, "000000000000000a"), (result.Tasks, result.Errors, result.Checksum));
        Assert.InRange(result.TaskErrors.Count, 1, 5);
        Assert.All(result.TaskErrors, error =>
        {
            Assert.StartsWith("TypeError: no xxx", error.Message, StringComparison.Ordinal);
            Assert.Equal(1, error.Index % 2);
        });
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public async Task Run_CancelledWhileTasksNeverReturn_LeavesNothingBehind(Strategy strategy)
    {
        var pids = Path.Combine(Path.GetTempPath(), $"brigade-node-{Guid.NewGuid():N}");
        Directory.CreateDirectory(pids);
        try
        {
            var source = $$"""
                const { spawn } = require('node:child_process');
                const { writeFileSync } = require('node:fs');
                function task(index) {
                  const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
                  writeFileSync('{{pids}}/' + process.pid, '');
                  writeFileSync('{{pids}}/' + child.pid, '');
                  for (;;);
                }
                """;
            using var cancel = new CancellationTokenSource();
            var running = NodeTrials.RunAsync(NodeTrials.Code(source, strategy, 1) with { Warmup = new WarmupSpec { Tasks = 0 } }, cancel.Token, Exploits.Trusting);
            while (Directory.GetFiles(pids).Length < 2 && !running.IsCompleted)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            await cancel.CancelAsync();
            var result = await running;

            Assert.Equal((TrialStatus.Cancelled, 2), (result.Status, Directory.GetFiles(pids).Length));
            Assert.All(Directory.GetFiles(pids), pid => Assert.False(ProcessTree.IsAlive(int.Parse(Path.GetFileName(pid), CultureInfo.InvariantCulture))));
        }
        finally
        {
            Directory.Delete(pids, recursive: true);
        }
    }
}
