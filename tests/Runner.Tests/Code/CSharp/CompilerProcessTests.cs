using Brigade.Runner.Code.CSharp;
using Xunit;

namespace Brigade.Runner.Tests.Code.CSharp;

public sealed class CompilerProcessTests
{
    [Fact]
    public async Task CompileAsync_SeveralQuestionsAndAnEndBetween_AnswersEach()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var compiler = new CompilerProcess(TimeProvider.System);

        var good = await compiler.CompileAsync("Task.cs", "static string Task(long index) => \"ä\n\";".Replace("\n", "\\n", StringComparison.Ordinal), emit: true, cancellation);
        var bad = await compiler.CompileAsync("Mine.cs", "static int Task(long index) => \"ä\" + x;", emit: false, cancellation);
        await compiler.DisposeAsync();
        var again = await compiler.CompileAsync("Task.cs", "static int Task(long index) => 1;", emit: true, cancellation);

        Assert.NotNull(good.Assembly);
        Assert.Equal("Mine.cs(1,38): CS0103: The name 'x' does not exist in the current context", bad.Failure("Mine.cs"));
        Assert.NotNull(again.Assembly);
    }

    [Fact]
    public async Task CompileAsync_Cancelled_AnswersTheNextQuestionAndNotThatOne()
    {
        await using var compiler = new CompilerProcess(TimeProvider.System);
        using var cancelled = new CancellationTokenSource();
        var first = compiler.CompileAsync("Task.cs", "static int Task(long index) => x;", emit: true, cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.NotNull((await compiler.CompileAsync("Task.cs", "static int Task(long index) => 1;", emit: true, TestContext.Current.CancellationToken)).Assembly);
    }
}
