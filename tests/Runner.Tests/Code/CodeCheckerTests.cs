using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Runner.Code;
using Brigade.Runner.Code.CSharp;
using Brigade.Runner.Runs;
using Brigade.Runner.Runtimes;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Code;

public sealed class CodeCheckerTests : IAsyncLifetime
{
    private readonly CompilerProcess _compiler = new(TimeProvider.System);
    private IReadOnlyList<RuntimeInfo> _runtimes = [];

    public async ValueTask InitializeAsync() => _runtimes = await RuntimeFinder.FindAsync();

    public ValueTask DisposeAsync() => _compiler.DisposeAsync();

    [Theory]
    [InlineData("def task(index):\n    return 1\n")]
    [InlineData("async def task_async(index):\n    return 1\n")]
    [InlineData("from math import sqrt as task\n")]
    [InlineData("task = lambda index: index\n")]
    [InlineData("raise SystemExit(3)\ndef task(index):\n    return 'ä'\n")]
    public async Task CheckAsync_GoodPython_SaysNothingAndRunsNothing(string source)
    {
        var reply = await CheckAsync("python", source);

        Assert.Equal("", reply.Failure);
        Assert.Empty(reply.Problems);
        Assert.True(reply.IsGood());
    }

    [Theory]
    [InlineData("def task(index)\n    return 1\n", 1, 16, "SyntaxError")]
    [InlineData("def task(index):\nreturn 1\n", 2, 1, "IndentationError")]
    [InlineData("x = 1\n", 1, 1, "BRIGADE")]
    [InlineData("x = 1\nasync def task(index):\n    return 1\n", 2, 1, "BRIGADE")]
    [InlineData("def task_async(index):\n    return 1\n", 1, 1, "BRIGADE")]
    public async Task CheckAsync_WrongPython_TellsThePlace(string source, int line, int column, string id)
    {
        var reply = await CheckAsync("python", source);

        var problem = Assert.Single(reply.Problems);
        Assert.Equal(("error", id, line, column), (problem.Severity, problem.Id, problem.Line, problem.Column));
        Assert.True((problem.EndLine, problem.EndColumn).CompareTo((problem.Line, problem.Column)) >= 0);
        Assert.False(reply.IsGood());
    }

    [Fact]
    public async Task CheckAsync_PythonWithAWarning_IsGood()
    {
        var reply = await CheckAsync("python", "def task(index):\n    return 1 is 1\n");

        Assert.Equal(("warning", "SyntaxWarning", 2), (reply.Problems[0].Severity, reply.Problems[0].Id, reply.Problems[0].Line));
        Assert.True(reply.IsGood());
    }

    [Theory]
    [InlineData("function task(index) { return 1; }")]
    [InlineData("export const task = () => 'ä';\nthrow new Error('never run');")]
    [InlineData("import { x } from 'no-such-module';\nawait x;\nexport async function taskAsync(index) { return 1; }")]
    public async Task CheckAsync_GoodJavaScript_SaysNothingAndRunsNothing(string source)
    {
        var reply = await CheckAsync("javascript", source);

        Assert.Equal("", reply.Failure);
        Assert.Empty(reply.Problems);
    }

    [Theory]
    [InlineData("function task(index) {\n  return 1 +;\n}", 2, 13, "SyntaxError")]
    [InlineData("export function task(index) {\n  return 1 +;\n}", 2, 13, "SyntaxError")]
    [InlineData("const x = 1;", 1, 1, "BRIGADE")]
    public async Task CheckAsync_WrongJavaScript_TellsThePlace(string source, int line, int column, string id)
    {
        var problem = Assert.Single((await CheckAsync("javascript", source)).Problems);

        Assert.Equal(("error", id, line, column), (problem.Severity, problem.Id, problem.Line, problem.Column));
    }

    [Fact]
    public async Task CheckAsync_CSharp_TellsTheCompilersMessages()
    {
        var reply = await CheckAsync("csharp", "static ulong Task(long index) => x;");

        Assert.Equal("Task.cs(1,34): error CS0103: The name 'x' does not exist in the current context", CodeChecker.Line("Task.cs", Assert.Single(reply.Problems)));
    }

    [Theory]
    [InlineData("python", "python3.1", "the runtime python3.1 was not found")]
    [InlineData("ruby", "", "code in 'ruby' cannot be looked at")]
    public async Task CheckAsync_WhatCannotBeChecked_SaysWhy(string language, string runtime, string message)
    {
        var reply = await CheckAsync(language, "x", runtime);

        Assert.StartsWith(message, reply.Failure, StringComparison.Ordinal);
        Assert.False(reply.IsGood());
    }

    private Task<CodeCheckReply> CheckAsync(string language, string source, string runtime = "") => new CodeChecker(_ => Task.FromResult<ITrialHosts>(new TrialHostCatalogue(_runtimes)), _compiler, TimeProvider.System)
        .CheckAsync(new CodeCheckRequest(language, "", source, runtime), TestContext.Current.CancellationToken);
}
