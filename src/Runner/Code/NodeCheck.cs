using Brigade.Contracts.Messages;

namespace Brigade.Runner.Code;

/// <summary>Looks at JavaScript with the parser of Node.js, as a script and, where it holds what only a module may, as a module. Nothing of the code runs, and nothing that it imports.</summary>
internal static class NodeCheck
{
    private const string Script =
        """
        const vm = require('node:vm');
        const file = process.argv[1];
        const source = require('node:fs').readFileSync(0, 'utf8');
        const lines = source.split('\n');
        const moduleSyntax = /Cannot use import statement outside a module|Unexpected token 'export'|Cannot use 'import\.meta' outside a module|await is only valid in async functions/;
        const problems = [];

        function tell(id, message, line, column, width) {
          problems.push({ severity: 'error', id, message, line, column, endLine: line, endColumn: column + width });
        }

        // file:LINE, the line of code, and carets under what is wrong.
        function tellSyntax(text) {
          const [place, , carets] = text.split('\n');
          const line = Math.min(Number(/:([0-9]+)$/.exec(place)?.[1] ?? 1), lines.length);
          const column = carets?.includes('^') ? carets.indexOf('^') + 1 : 1;
          const message = /^SyntaxError: (.*)$/m.exec(text)?.[1] ?? text.trim().split('\n')[0];
          tell('SyntaxError', message, line, column, Math.max(1, (carets?.trim() ?? '').length));
        }

        let wrong = '';
        try {
          vm.compileFunction(source, ['exports', 'require', 'module', '__filename', '__dirname'], { filename: file });
        } catch (error) {
          wrong = moduleSyntax.test(error.message)
            ? require('node:child_process').spawnSync(process.execPath, ['--check', '--input-type=module', '-'], { input: source, encoding: 'utf8' }).stderr
            : String(error.stack);
        }
        if (wrong) {
          tellSyntax(wrong);
        } else if (!/\b(task|taskAsync)\b/.test(source)) {
          tell('BRIGADE', "the code defines neither 'function task(index)' nor 'async function taskAsync(index)'.", 1, 1, Math.max(1, lines[0].length));
        }
        process.stdout.write(JSON.stringify({ problems, failure: '' }));
        """;

    /// <param name="program">Path of Node.js.</param>
    public static Task<CodeCheckReply> CheckAsync(string program, string file, string source, TimeProvider time, CancellationToken cancellation) =>
        ScriptCheck.RunAsync(program, ["-e", Script, "--", file], source, time, cancellation);
}
