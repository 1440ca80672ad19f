namespace Brigade.Contracts.Spec;

/// <summary>The kinds of runtime that trials run on. Adding one is an entry here, a class in the runner that finds it, and its trial host (<c>docs/adding-a-runtime.md</c>).</summary>
public static class RuntimeCatalogue
{
    public static RuntimeKind DotNet { get; } = new()
    {
        Name = RuntimeNames.DotNet,
        Title = ".NET",
        CodeLanguage = "csharp",
        CodeTitle = "C#",
        CodeFile = "Task.cs",
        CodeDefines = "'static ulong Task(long index)' or 'static async Task<ulong> TaskAsync(long index)'",
        PoolTakesChunks = false,
    };

    public static RuntimeKind Python { get; } = new()
    {
        Name = RuntimeNames.Python,
        Title = "Python",
        Aliases = ["python3"],
        VersionPrefix = "python3.",
        VersionSuffix = "t",
        SuffixTitle = "free-threaded",
        OldestVersion = 9,
        CodeLanguage = "python",
        CodeTitle = "Python",
        CodeFile = "task.py",
        CodeDefines = "'def task(index)' or 'async def task_async(index)'",
        StartMethods = Enum.GetValues<StartMethod>(),
    };

    /// <summary>Processes share no memory in Node.js, and talk over the one channel that it opens between them.</summary>
    public static RuntimeKind Node { get; } = new()
    {
        Name = RuntimeNames.Node,
        Title = "Node.js",
        VersionPrefix = "node",
        OldestVersion = 18,
        VersionDigits = 3,
        CodeLanguage = "javascript",
        CodeTitle = "JavaScript",
        CodeFile = "task.js",
        MoreExtensions = [".mjs", ".cjs"],
        CodeDefines = "'function task(index)' or 'async function taskAsync(index)'",
        Channels = [Channel.Pipe],
        Kernels = ["noop", "cpu.primes", "cpu.pi", "cpu.sha256", "cpu.matrix", "cpu.json", "cpu.compress", "memory.stream", "memory.random", "io.tcp", "io.unix-socket", "io.sleep", "io.http", "io.file", "mixed"],
        Workloads = ["http"],
        ThreadsRunBecause = "each worker thread has a JavaScript engine and memory of its own",
    };

    public static IReadOnlyList<RuntimeKind> All { get; } = [DotNet, Python, Node];

    /// <summary>The languages that code may be in.</summary>
    public static IReadOnlyList<string> CodeLanguages { get; } = [.. All.Select(kind => kind.CodeLanguage)];

    /// <summary>The kind of a runtime by its name in a spec or its id on a machine; null for what is none.</summary>
    public static RuntimeKind? Of(string runtime) => All.FirstOrDefault(kind => runtime.StartsWith(kind.Name, StringComparison.Ordinal));

    /// <summary>The kind that runs code in a language; null where there is none.</summary>
    public static RuntimeKind? OfLanguage(string? language) => All.FirstOrDefault(kind => string.Equals(kind.CodeLanguage, language, StringComparison.Ordinal));

    /// <summary>The kind that runs the code in a file, by the end of its name; null for anything else.</summary>
    public static RuntimeKind? OfFile(string path) => All.FirstOrDefault(kind =>
        ((string[])[Path.GetExtension(kind.CodeFile), .. kind.MoreExtensions]).Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase));
}
