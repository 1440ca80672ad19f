using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.Node;

public sealed class NodeUserCodeTests
{
    [Theory]
    [InlineData("function task(index) { return index; }")]
    [InlineData("module.exports = { task: (index) => index };")]
    [InlineData("exports.task = (index) => index;")]
    [InlineData("export function task(index) { return index; }")]
    [InlineData("import { add } from 'node:timers';\nexport const task = (index) => index;", "does not provide an export named 'add'")]
    [InlineData("import { setTimeout } from 'node:timers/promises';\nawait setTimeout(1);\nexport const task = async (index) => { await setTimeout(1); return index; };")]
    [InlineData("async function taskAsync(index) { await null; return index; }")]
    [InlineData("const task = async (index) => (await import('node:path')).posix.sep === '/' ? BigInt(index) : -1;")]
    public async Task Run_CodeInAnyForm_RunsIt(string source, string? failure = null)
    {
        foreach (var strategy in new[] { Strategy.Threads, Strategy.Processes, Strategy.Async })
        {
            var result = await NodeTrials.RunAsync(NodeTrials.Code(source, strategy) with { Load = new LoadSpec { Tasks = 10 } });

            if (failure is null)
            {
                Assert.Equal(("", 10, 0, "000000000000002d"), (result.Failure, result.Tasks, result.Errors, result.Checksum));
            }
            else
            {
                Assert.Contains(failure, result.Failure, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("return -1", "fffffffffffffff6")]
    [InlineData("return true", "000000000000000a")]
    [InlineData("return undefined", "0000000000000000")]
    [InlineData("return 2n ** 64n + 3n", "000000000000001e")]
    [InlineData("return 'abc'", "48b0e37b96121f24")]
    [InlineData("return Buffer.from('abc')", "48b0e37b96121f24")]
    public async Task Run_ResultOfAnyKind_CountsAsInOtherLanguages(string body, string checksum)
    {
        var result = await NodeTrials.CompleteAsync(NodeTrials.Code($"function task(index) {{ {body}; }}", Strategy.Sequential) with { Load = new LoadSpec { Tasks = 10 } });

        Assert.Equal(checksum, result.Checksum);
    }

    [Theory]
    [InlineData("function task(index) {\n  return 1 +;\n}", "work.js, line 2: SyntaxError: Unexpected token ';'")]
    [InlineData("export function task(index) {\n  return 1 +;\n}", "work.js, line 2: SyntaxError: Unexpected token ';'")]
    [InlineData("const x = 1;\nnull.y;\nfunction task() {}", "work.js, line 2: TypeError: Cannot read properties of null (reading 'y')")]
    [InlineData("export const x = 1;\nnull.y;", "work.js, line 2: TypeError: Cannot read properties of null (reading 'y')")]
    [InlineData("const tusk = 1;", "work.js defines neither task(index) nor taskAsync(index); a module has to export them")]
    [InlineData("const task = 1;", "work.js: task is not a function but number")]
    [InlineData("require('no-such-package');", "work.js, line 1: Error: Cannot find module 'no-such-package'")]
    public async Task Run_CodeThatCannotBeLoaded_FailsAndSaysWhere(string source, string failure)
    {
        foreach (var strategy in new[] { Strategy.Sequential, Strategy.Processes })
        {
            var result = await NodeTrials.RunAsync(NodeTrials.Code(source, strategy));

            Assert.Equal(TrialStatus.Failed, result.Status);
            Assert.StartsWith(failure, result.Failure, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Run_TaskThatThrows_ShowsItsLineAndNoneOfTheHost()
    {
        foreach (var export in new[] { "", "export " })
        {
            var result = await NodeTrials.CompleteAsync(NodeTrials.Code(export + "function task(index) {\n  throw new Error('no');\n}", Strategy.Threads));

            Assert.All(result.TaskErrors, error => Assert.Matches(@"^Error: no\n    at task \(work\.js:2:9\)$", error.Traceback));
        }
    }

    [Fact]
    public async Task Run_TaskThatPrintsAndReads_DoesNotDisturbTheProtocol()
    {
        const string Source = """
            const fs = require('node:fs');
            function task(index) {
              console.log('x'.repeat(1_000_000));
              process.stdout.write('y'.repeat(1_000_000));
              fs.writeSync(1, 'z'.repeat(60_000));
              console.error('oh');
              return fs.readFileSync(0).length;
            }
            """;
        foreach (var strategy in new[] { Strategy.Threads, Strategy.Processes })
        {
            var result = await NodeTrials.CompleteAsync(NodeTrials.Code(Source, strategy) with { Limits = new LimitsSpec { Memory = 1L << 30 } });

            Assert.Equal((20, 0, "0000000000000000"), (result.Tasks, result.Errors, result.Checksum));
        }
    }

    [Theory]
    [InlineData(Strategy.Async, true)]
    [InlineData(Strategy.Threads, false)]
    public async Task Run_AsyncOfATaskThatNeverWaits_SaysThatItBlocksTheLoop(Strategy strategy, bool warns)
    {
        var result = await NodeTrials.CompleteAsync(NodeTrials.Code("const task = () => 1;", strategy));

        Assert.Equal(warns ? ["work.js: async ran a task that returned no promise, which blocks the event loop."] : [], result.Warnings);
    }

    [Theory]
    [InlineData(Strategy.Threads, "process.exit(3)", "worker thread [01] ended with exit code 3 in the middle of the trial")]
    [InlineData(Strategy.Processes, "process.send({ type: 'ended' })", "sent a message that it was not asked for")]
    [InlineData(Strategy.Threads, "return new Promise(() => setImmediate(() => { throw new Error('stray'); }))", "an error in worker thread [01], outside of any task: Error: stray")]
    [InlineData(Strategy.Processes, "return new Promise(() => setImmediate(() => { throw new Error('stray'); }))", "an error in worker process 0, outside of any task: Error: stray")]
    public async Task Run_TaskThatBreaksItsWorker_FailsAndSaysHow(Strategy strategy, string body, string failure)
    {
        var source = $"function task(index) {{ if (index === 0) {{ {body}; }} else {{ return new Promise((resolve) => setTimeout(resolve, 5)); }} }}";

        var result = await NodeTrials.RunAsync(NodeTrials.Code(source, strategy) with { Warmup = new WarmupSpec { Tasks = 0 }, Load = new LoadSpec { Tasks = 10_000 } });

        Assert.Equal(TrialStatus.Failed, result.Status);
        Assert.Matches(failure, result.Failure);
    }

    [Fact]
    public async Task Run_InterruptOfATerminal_IsLeftToTheRunner()
    {
        foreach (var strategy in new[] { Strategy.Threads, Strategy.Processes })
        {
            var result = await NodeTrials.CompleteAsync(NodeTrials.Code("function task() { process.kill(process.pid, 'SIGINT'); }", strategy));

            Assert.Equal((20, 0), (result.Tasks, result.Errors));
        }
    }
}
