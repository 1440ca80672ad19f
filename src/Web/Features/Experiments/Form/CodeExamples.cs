using Brigade.Contracts.Spec;

namespace Brigade.Web.Features.Experiments.Form;

/// <summary>What "my own code" starts with, and what has to be known of it, by language.</summary>
internal static class CodeExamples
{
    private const string Python = """
        import hashlib


        def task(index):
            # One task. Return a number, and strategies are checked to agree on the results.
            return int.from_bytes(hashlib.sha256(str(index).encode()).digest()[:4], "big")


        # For the async strategy:
        # async def task_async(index): ...

        """;

    private const string CSharp = """
        using System.Security.Cryptography;
        using System.Text;

        // One task. Return a number, and strategies are checked to agree on the results.
        static long Task(long index)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{index}"));
            return BitConverter.ToUInt32(hash);
        }

        // For the async strategy:
        // static async Task<long> TaskAsync(long index) { ... }

        """;

    private const string JavaScript = """
        import { createHash } from "node:crypto";

        // One task. Return a number, and strategies are checked to agree on the results.
        export function task(index) {
          return createHash("sha256").update(String(index)).digest().readUInt32BE(0);
        }

        // For the async strategy:
        // export async function taskAsync(index) { ... }

        """;

    public static string Of(string language) => language switch
    {
        "csharp" => CSharp,
        "javascript" => JavaScript,
        _ => Python,
    };

    /// <summary>The runtime that a language runs on by default.</summary>
    public static string Runtime(string language) => (RuntimeCatalogue.OfLanguage(language) ?? RuntimeCatalogue.Python).Name;

    /// <summary>One sentence on the functions that the code has to define, as HTML.</summary>
    public static string Help(string language) => language switch
    {
        "csharp" => "Define <code>Task(long index)</code>; for the async strategy also <code>TaskAsync(long index)</code>; <code>Setup()</code> and <code>Teardown()</code> run once for each worker. No class is needed.",
        "javascript" => "Export <code>function task(index)</code>; for the async strategy also <code>async function taskAsync(index)</code>.",
        _ => "Define <code>def task(index)</code>; for the async strategy also <code>async def task_async(index)</code>; <code>setup()</code> and <code>teardown()</code> run once for each worker.",
    };
}
