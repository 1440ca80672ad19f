using Brigade.Runner.Code.CSharp;
using Xunit;

namespace Brigade.Runner.Tests.Code.CSharp;

/// <summary>The real compiler, in this process.</summary>
public sealed class CSharpCompilerTests
{
    [Theory]
    [InlineData("static ulong Task(long index) => 1;")]
    [InlineData("ulong calls; ulong Task(long index) => ++calls;")]
    [InlineData("public class Mine { public ulong Task(long index) => 1; }")]
    [InlineData("namespace A.B; public static class Mine { public static string task(int i) => \"x\"; }")]
    [InlineData("static async Task<string> TaskAsync(long index) { await Task.Delay(1); return \"x\"; } static int Task(long index) => Task(index, 1); static int Task(long index, int x) => x; ", "more than one method Task")]
    [InlineData("static int Task(long index) => index < 1 ? 1 : Task(index - 1); static async ValueTask TaskAsync(long index) => await Task.Delay(1);")]
    [InlineData("static void Task(long index, int limit, string name = \"a\\\"b\", double x = 1.5, decimal d = 2.5m, bool b = true) { } static void Setup(int limit) { } static async Task Teardown() => await Task.Yield();")]
    [InlineData("static int x = 1; class Mine { } static int Task(long index) => x.Twice(); static class Extensions { public static int Twice(this int x) => 2 * x; }")]
    [InlineData("using System.Text; static unsafe byte[] Task(long index) { string? a = null; return Encoding.UTF8.GetBytes(a ?? \"x\"); }")]
    public void Compile_NaturalShapes_Compile(string source, string problem = "")
    {
        var compiled = CSharpCompiler.Compile("Task.cs", source);

        if (problem.Length == 0)
        {
            Assert.Empty(compiled.Problems);
            Assert.NotNull(compiled.Assembly);
        }
        else
        {
            Assert.Contains(problem, Assert.Single(compiled.Problems).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("static ulong Task(long index)\n{\n  return x + 1;\n}", 3, 10, 11, "CS0103", "The name 'x' does not exist")]
    [InlineData("using System;static ulong Task(long index) => y; static int z = q;", 1, 47, 48, "CS0103", "'y'")]
    [InlineData("static ulong Task(long index) {\n  return 1\n}", 2, 11, 11, "CS1002", "; expected")]
    [InlineData("class A { }\nstatic ulong Task(long index) { return \"ä\"; }", 2, 40, 43, "CS0029", "'string' to 'ulong'")]
    [InlineData("static int Other() => 1;", 1, 1, 1, "BRIGADE", "neither 'static ulong Task(long index)'")]
    [InlineData("\nConsole.WriteLine(1); static int Task(long i) => 1;", 2, 1, 22, "BRIGADE", "put it into Setup()")]
    [InlineData("static int Task(string index) => 1;", 1, 24, 29, "BRIGADE", "first parameter of Task is the task's index")]
    [InlineData("static int Task(long index, int[] many) => 1;", 1, 35, 39, "BRIGADE", "the parameter 'many' is a int[]")]
    [InlineData("static int Task(long index, int a) => 1; static void Setup(string a) { }", 1, 67, 68, "BRIGADE", "'a' is a string here and a int in Task")]
    [InlineData("static async Task<int> Task(long index) { await Task.Yield(); return 1; }", 1, 24, 28, "BRIGADE", "has to be named TaskAsync")]
    [InlineData("static int TaskAsync(long index) => 1;", 1, 12, 21, "BRIGADE", "has to answer Task")]
    [InlineData("public class A { int Task(long i) => 1; }", 1, 22, 26, "BRIGADE", "Task cannot be reached")]
    [InlineData("public class A { public A(int x) { } public int Task(long i) => 1; }", 1, 49, 53, "BRIGADE", "new A()")]
    [InlineData("static Span<int> Task(long index) => default;", 1, 18, 22, "BRIGADE", "cannot answer System.Span<int>")]
    [InlineData("public class A { public int Task(long i) => 1; } public class B { public int Task(long i) => 1; }", 1, 63, 64, "BRIGADE", "both A and B")]
    public void Compile_WrongCode_TellsThePlaceInTheUsersText(string source, int line, int column, int endColumn, string id, string message)
    {
        var compiled = CSharpCompiler.Compile("Task.cs", source);

        Assert.Null(compiled.Assembly);
        var problem = compiled.Problems[0];
        Assert.Equal(("error", id, line, column, endColumn), (problem.Severity, problem.Id, problem.Line, problem.Column, problem.EndColumn));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith($"Task.cs({line},{column}): {id}: ", compiled.Failure("Task.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_VariableThatIsNeverUsed_Warns()
    {
        var compiled = CSharpCompiler.Compile("Task.cs", "static int Task(long index)\n{\n    int x;\n    return 1;\n}");

        Assert.NotNull(compiled.Assembly);
        Assert.Equal(("warning", "CS0168", 3), (compiled.Problems[0].Severity, compiled.Problems[0].Id, compiled.Problems[0].Line));
    }

    [Fact]
    public void Compile_Twice_GivesTheSameOptimisedCode()
    {
        var compiled = CSharpCompiler.Compile("Task.cs", "static int Task(long index) => 1;").Assembly!;

        var attribute = System.Reflection.Assembly.Load(compiled).GetCustomAttributes(typeof(System.Diagnostics.DebuggableAttribute), inherit: false).Cast<System.Diagnostics.DebuggableAttribute>().SingleOrDefault();
        Assert.False(attribute?.IsJITOptimizerDisabled);
    }
}
