using System.Text.Json;
using Brigade.Contracts;

namespace Brigade.Runner.Code.CSharp;

/// <param name="IsEmitted">Whether the assembly is wanted, or only the messages.</param>
internal sealed record CompilerQuestion(string File, string Source, bool IsEmitted);

/// <summary>
/// The hidden verb <c>compiler</c>: compiles what comes on standard input, a line of JSON each, and answers a line each, until the input ends. A process of its
/// own, because a compiler stays in memory, and what it leaves to the just-in-time compiler would disturb what is measured.
/// </summary>
internal static class CompilerServer
{
    public const string Verb = "compiler";

    public static int Run()
    {
        using var output = Console.OpenStandardOutput();
        while (Console.In.ReadLine() is { } line)
        {
            var question = JsonSerializer.Deserialize<CompilerQuestion>(line, BrigadeJson.Options)!;
            output.Write(JsonSerializer.SerializeToUtf8Bytes(CSharpCompiler.Compile(question.File, question.Source, question.IsEmitted), BrigadeJson.Options));
            output.WriteByte((byte)'\n');
            output.Flush();
        }

        return 0;
    }
}
