// What the experiment's own functions are called, offered beside the names that the language knows by itself.
import { completeFromList, snippetCompletion } from "@codemirror/autocomplete";

const snippet = (label, detail, template) => snippetCompletion(template, { label, detail, type: "function" });

export const pythonWords = completeFromList([
  snippet("def task", "one task", "def task(index):\n    ${return index}\n"),
  snippet("async def task_async", "one task for async", "async def task_async(index):\n    ${return index}\n"),
  snippet("def setup", "once for each worker, before its tasks", "def setup():\n    ${pass}\n"),
  snippet("def teardown", "once for each worker, after its tasks", "def teardown():\n    ${pass}\n"),
]);

export const javascriptWords = completeFromList([
  snippet("export function task", "one task", "export function task(index) {\n  ${return index;}\n}\n"),
  snippet("export async function taskAsync", "one task for async", "export async function taskAsync(index) {\n  ${return index;}\n}\n"),
]);

const csharpKeywords = "abstract as async await base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out override params private protected public readonly record ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using var virtual void volatile when while yield".split(" ");

export const csharpWords = completeFromList([
  ...csharpKeywords.map((label) => ({ label, type: "keyword" })),
  ...["Console", "DateTime", "Dictionary", "Enumerable", "HttpClient", "Interlocked", "List", "Math", "Random", "Span", "Stopwatch", "StringBuilder", "Task", "Thread", "ThreadPool"].map((label) => ({ label, type: "class" })),
]);
