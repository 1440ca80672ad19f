using Brigade.Contracts.Messages;

namespace Brigade.Runner.Code;

/// <summary>Looks at Python code with an interpreter's own compiler. Nothing of the code runs, and nothing that it imports.</summary>
internal static class PythonCheck
{
    private const string Script =
        """
        import ast, json, sys, warnings

        file, source = sys.argv[1], sys.stdin.buffer.read().decode("utf-8")
        lines = source.splitlines() or [""]
        problems = []

        def tell(severity, kind, message, line, column, end_line=None, end_column=None):
            line = min(max(line or 1, 1), len(lines))
            problems.append({"severity": severity, "id": kind, "message": message, "line": line, "column": max(column or 1, 1),
                             "endLine": end_line or line, "endColumn": end_column or len(lines[line - 1]) + 1})

        def name_end(node):
            return lines[node.lineno - 1].find(node.name, node.col_offset) + len(node.name) + 1

        tree = None
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                tree = ast.parse(source, file)
                compile(source, file, "exec", dont_inherit=True)
            except SyntaxError as error:
                tree = None
                end = getattr(error, "end_lineno", None), getattr(error, "end_offset", None)
                known = end[0] and end[1] and end[1] > 0 and (end[0], end[1]) > (error.lineno, error.offset or 0)
                tell("error", type(error).__name__, error.msg, error.lineno, error.offset, *(end if known else ()))
            except (ValueError, MemoryError, RecursionError) as error:
                tree = None
                tell("error", type(error).__name__, "Python cannot compile it: %s" % error, 1, 1)
        seen = set()
        for found in caught:
            if (found.lineno, str(found.message)) not in seen:
                seen.add((found.lineno, str(found.message)))
                tell("warning", found.category.__name__, str(found.message), found.lineno, 1)
        if tree is not None:
            functions = {node.name: node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
            names = set(functions) | {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)} | {
                a.asname or a.name for n in ast.walk(tree) if isinstance(n, (ast.Import, ast.ImportFrom)) for a in n.names}
            task, task_async = functions.get("task"), functions.get("task_async")
            if not names & {"task", "task_async", "*"}:
                tell("error", "BRIGADE", "the code defines neither 'def task(index)' nor 'async def task_async(index)'.", 1, 1)
            if isinstance(task, ast.AsyncFunctionDef):
                tell("error", "BRIGADE", "'async def task(index)' has to be named task_async; task is a plain function.", task.lineno, task.col_offset + 1, task.lineno, name_end(task))
            if isinstance(task_async, ast.FunctionDef):
                tell("error", "BRIGADE", "task_async has to be 'async def task_async(index)'.", task_async.lineno, task_async.col_offset + 1, task_async.lineno, name_end(task_async))
        print(json.dumps({"problems": sorted(problems, key=lambda p: (p["line"], p["column"])), "failure": ""}))
        """;

    /// <param name="interpreter">Path of the interpreter.</param>
    public static Task<CodeCheckReply> CheckAsync(string interpreter, string file, string source, TimeProvider time, CancellationToken cancellation) =>
        ScriptCheck.RunAsync(interpreter, ["-I", "-X", "utf8", "-c", Script, file], source, time, cancellation);
}
