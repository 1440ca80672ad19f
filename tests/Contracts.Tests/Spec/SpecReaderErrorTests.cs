using Brigade.Contracts.Plan;
using Brigade.Contracts.Spec;

namespace Brigade.Contracts.Tests.Spec;

/// <summary>Every message with its pointer, line, column and text. Cases are bodies below three lines of a valid head, so a body starts in line 4.</summary>
public sealed class SpecReaderErrorTests
{
    private const string Head = "version: 1\nname: a\nworkload: { kernel: cpu.primes }\n";

    [Theory]
    [InlineData("repeat: three", "/repeat", 9, "repeat has to be a whole number, not the text 'three'.")]
    [InlineData("repeat: \"3\"", "/repeat", 9, "repeat has to be a whole number, not the text '3'; write it without quotes.")]
    [InlineData("repeat: 2.5", "/repeat", 9, "repeat has to be a whole number, not the number 2.5.")]
    [InlineData("repeat: true", "/repeat", 9, "repeat has to be a whole number, not true.")]
    [InlineData("repeat: [3]", "/repeat", 9, "repeat has to be a whole number, not a list.")]
    [InlineData("repeat: {a: 3}", "/repeat", 9, "repeat has to be a whole number, not an object.")]
    [InlineData("repeat:", "/repeat", 1, "repeat has no value; give it one, or remove the field.")]
    [InlineData("repeat: 99999999999", "/repeat", 9, "repeat is 99999999999, which is far out of range.")]
    [InlineData("repeat: 0", "/repeat", 9, "repeat is 0; it has to be from 1 to 1,000.")]
    [InlineData("repeat: 1001", "/repeat", 9, "repeat is 1,001; it has to be from 1 to 1,000.")]
    [InlineData("order: random", "/order", 8, "order is 'random'. Allowed: interleaved, listed.")]
    [InlineData("order: interleave", "/order", 8, "order is 'interleave'; did you mean 'interleaved'? Allowed: interleaved, listed.")]
    [InlineData("order: 3", "/order", 8, "order has to be a text, not the number 3; put it in quotes.")]
    [InlineData("limits: { trialTimeout: 60 }", "/limits/trialTimeout", 25, "limits.trialTimeout has to be a duration, not the number 60; write a number with a unit of ms, s, m or h, for example '500ms' or '5s'.")]
    [InlineData("limits: { trialTimeout: 50ms }", "/limits/trialTimeout", 25, "limits.trialTimeout is 50ms; it has to be from 100ms to 25h.")]
    [InlineData("limits: { memory: 5MiBs }", "/limits/memory", 19, "limits.memory has to be a size, not the text '5MiBs'; write a whole number of bytes, or a number with a unit of B, KB, MB, GB, KiB, MiB or GiB, for example '64KiB'.")]
    [InlineData("limits: { memory: 1KiB }", "/limits/memory", 19, "limits.memory is 1KiB; it has to be from 16MiB to 1024TiB.")]
    [InlineData("limits: 5", "/limits", 9, "limits has to be an object with the fields trialTimeout, memory, cpuSet, processes, cpuTime, disk, output, not the number 5.")]
    [InlineData("limits: { time: 5s }", "/limits/time", 11, "Unknown field 'time' in limits. Known here: trialTimeout, memory, cpuSet, processes, cpuTime, disk, output.")]
    [InlineData("workers: 2", "/workers", 1, "Unknown field 'workers'; it belongs in 'matrix'. Known here: version, name, workload, matrix, load, search, repeat, stop, warmup, order, seed, limits, faults, thresholds, abort, tags.")]
    [InlineData("tresholds: []", "/tresholds", 1, "Unknown field 'tresholds'; did you mean 'thresholds'? Known here: version, name, workload, matrix, load, search, repeat, stop, warmup, order, seed, limits, faults, thresholds, abort, tags.")]
    [InlineData("load: { tasks: 0 }", "/load/tasks", 16, "load.tasks is 0; it has to be from 1 to 1,000,000,000.")]
    [InlineData("load: { duration: 25h }", "/load/duration", 19, "load.duration is 25h; it has to be from 1ms to 24h.")]
    [InlineData("load: { duration: 60s }", "/load/duration", 19, "load.duration: load and warm-up take 60s, and limits.trialTimeout is 60s, so every trial would time out; set limits.trialTimeout well above that.")]
    [InlineData("load: {}", "/load", 1, "load says nothing of how much work there is; give exactly one of: tasks; duration; rate with duration; stages.")]
    [InlineData("load: { tasks: 1, duration: 1s }", "/load", 1, "load has more than one model; give exactly one of: tasks; duration; rate with duration; stages.")]
    [InlineData("stop: { relativeError: 0% }", "/stop/relativeError", 24, "stop.relativeError is 0%; it has to be above 0 and at most 100%, for example '2%'.")]
    [InlineData("stop: { relativeError: 2 }", "/stop/relativeError", 24, "stop.relativeError has to be a share, not the number 2; write a share, for example '1%' or '0.01', from 0 to 1.")]
    [InlineData("stop: { relativeError: 2%, atLeast: 1 }", "/stop/atLeast", 37, "stop.atLeast is 1; it has to be from 2 to 1,000.")]
    [InlineData("stop: { relativeError: 2%, atLeast: 4 }", "/stop/atLeast", 37, "stop.atLeast is 4, more than the 3 repetitions of repeat, so nothing could ever stop early; set repeat to the most repetitions that a cell may have.")]
    [InlineData("abort: [errors.ratio < 5%, latency < 1s]", "/abort/1", 28, "abort[1]: 'latency' is no metric. Metrics: latency.p50, latency.p90, latency.p95, latency.p99, latency.p999, latency.max, latency.mean, errors.ratio, errors.count, throughput, memory.peak.")]
    [InlineData("limits: { processes: 2 }", "/limits/processes", 22, "limits.processes is 2; it has to be from 8 to 32,768.")]
    [InlineData("limits: { disk: 2GiB }", "/limits/disk", 17, "limits.disk is 2GiB; it has to be from 1MiB to 1GiB.")]
    [InlineData("limits: { output: 1KiB }", "/limits/output", 19, "limits.output is 1KiB; it has to be from 1MiB to 64MiB.")]
    [InlineData("limits: { cpuSet: 3-1 }", "/limits/cpuSet", 19, "limits.cpuSet is '3-1', which is no list of processors; write numbers and ranges joined by commas, for example '0-1,3'.")]
    [InlineData("load: { rate: 5/s }", "/load", 1, "load.rate needs a duration beside it, for example { rate: 500/s, duration: 10s }.")]
    [InlineData("load: { tasks: 5, maxInFlight: 3 }", "/load", 1, "load.maxInFlight belongs to an arrival rate; remove it, or give rate and duration.")]
    [InlineData("load: { rate: 5/x, duration: 5s }", "/load/rate", 15, "load.rate has to be a rate, not the text '5/x'; write a number per second, minute or hour, for example '500/s', '30/m' or '10/h'.")]
    [InlineData("load: { rate: 5/s, duration: 5s, maxInFlight: 1 }", "/load/maxInFlight", 47, "load.maxInFlight is 1, fewer than the 2 workers of a cell, some of which could never get a task; set it to 2 or more.")]
    [InlineData("load: { rate: 5/s, duration: 5s, maxInFlight: 0 }", "/load/maxInFlight", 47, "load.maxInFlight is 0; it has to be from 1 to 1,000,000.")]
    [InlineData("load: { rate: 10000000/s, duration: 101s }\nlimits: { trialTimeout: 5m }", "/load/rate", 15, "load has 1,010,000,000 arrivals in each trial; the most is 1,000,000,000.")]
    [InlineData("load: { stages: [{ rate: 5/s, for: 30s }, { rate: 5/s, for: 30s }] }", "/load/stages", 9, "load.stages: load and warm-up take 60s, and limits.trialTimeout is 60s, so every trial would time out; set limits.trialTimeout well above that.")]
    [InlineData("warmup: {}", "/warmup", 1, "warmup needs exactly one of tasks and duration, and has none of them; 'tasks: 0' means no warm-up.")]
    [InlineData("warmup: { tasks: 1, duration: 1s }", "/warmup", 1, "warmup needs exactly one of tasks and duration, and has both; 'tasks: 0' means no warm-up.")]
    [InlineData("warmup: { tasks: -1 }", "/warmup/tasks", 18, "warmup.tasks is -1; it has to be from 0 to 1,000,000,000.")]
    [InlineData("faults: [{ kind: crush, worker: 1, atTask: 5 }]", "/faults/0/kind", 18, "faults[0].kind is 'crush'; did you mean 'crash'? Allowed: crash, exception, hang.")]
    [InlineData("thresholds: [latency.p42 < 3ms]", "/thresholds/0", 14, "thresholds[0]: 'latency.p42' is no metric; did you mean 'latency.p50'? Metrics: latency.p50, latency.p90, latency.p95, latency.p99, latency.p999, latency.max, latency.mean, errors.ratio, errors.count, throughput, memory.peak.")]
    [InlineData("tags: [a, b, a]", "/tags/2", 14, "tags has 'a' twice; remove one of the two.")]
    [InlineData("tags: [\"\"]", "/tags/0", 8, "tags[0] is missing or empty; give it a text.")]
    [InlineData("tags: [\"a\\nb\"]", "/tags/0", 8, "tags[0] has a line break, tab or other control character; remove it.")]
    [InlineData("tags: [123456789 123456789 123456789 123456789 123456789 1]", "/tags/0", 8, "tags[0] has 51 characters; the most is 50.")]
    [InlineData("matrix: { workers: [] }", "/matrix/workers", 11, "matrix.workers is an empty list; give at least one value, or remove the field for its default.")]
    [InlineData("matrix: { workers: [1, 0] }", "/matrix/workers/1", 24, "matrix.workers[1] is 0; it has to be from 1 to 256.")]
    [InlineData("matrix: { workers: 257 }", "/matrix/workers/0", 20, "matrix.workers[0] is 257; it has to be from 1 to 256.")]
    [InlineData("matrix: { workers: [1, two] }", "/matrix/workers/1", 24, "matrix.workers[1] has to be a whole number, not the text 'two'.")]
    [InlineData("matrix: { workers: [1, 1] }", "/matrix/workers/1", 24, "matrix.workers has 1 twice; remove one of the two.")]
    [InlineData("matrix: { chunkSize: 1000001 }", "/matrix/chunkSize/0", 22, "matrix.chunkSize[0] is 1,000,001; it has to be from 1 to 1,000,000.")]
    [InlineData("matrix: { payloadBytes: 5GiB }", "/matrix/payloadBytes", 25, "matrix.payloadBytes is 5368709120 bytes, which is too large; the most is 64MiB.")]
    [InlineData("matrix: { strategy: [threads, proceses] }", "/matrix/strategy/1", 31, "matrix.strategy[1] is 'proceses'; did you mean 'processes'? Allowed: sequential, threads, async, pool, processes, process-per-task.")]
    [InlineData("matrix: { startMethod: [fork, fork] }", "/matrix/startMethod/1", 31, "matrix.startMethod has fork twice; remove one of the two.")]
    [InlineData("matrix: { runtime: ruby }", "/matrix/runtime/0", 20, "matrix.runtime[0] is 'ruby'. Allowed: dotnet, python, node, or one version such as python3.11, python3.13t or node20.")]
    [InlineData("matrix: { runtime: [Dotnet] }", "/matrix/runtime/0", 21, "matrix.runtime[0] is 'Dotnet'; did you mean 'dotnet'? Allowed: dotnet, python, node, or one version such as python3.11, python3.13t or node20.")]
    [InlineData("matrix: { runtime: python3.8 }", "/matrix/runtime/0", 20, "matrix.runtime[0] is 'python3.8'; Python has to be 3.9 or newer.")]
    [InlineData("matrix: { params: { limt: 5 } }", "/matrix/params/limt", 27, "The kernel cpu.primes has no parameter 'limt'; did you mean 'limit'? It has limit.")]
    [InlineData("matrix: { params: { limit: [5, 1] } }", "/matrix/params/limit/1", 32, "matrix.params.limit[1] is 1; it has to be from 2 to 10,000,000.")]
    [InlineData("matrix: { params: { limit: [] } }", "/matrix/params/limit", 21, "matrix.params.limit is an empty list; give at least one value, or remove the field for its default.")]
    [InlineData("matrix: { params: { limit: [true] } }", "/matrix/params/limit/0", 29, "matrix.params.limit[0] has to be a number or a text, not true.")]
    [InlineData("matrix: { params: { limit: 1e999 } }", "/matrix/params/limit", 28, "matrix.params.limit is 1e999, which is too large for a number.")]
    [InlineData("matrix: []", "/matrix", 9, "matrix has to be an object with the fields runtime, strategy, workers, channel, startMethod, chunkSize, payloadBytes, params, not a list.")]
    public void Read_WrongField_NamesPlaceAndMend(string body, string pointer, int column, string message)
    {
        var error = Assert.Single(SpecReader.Read(Head + body, SpecFormat.Yaml).Errors);

        Assert.Equal(new SpecError(pointer, message, 4, column), error);
    }

    [Theory]
    [InlineData("workload: { kernel: cpu.prime }", "/workload/kernel", 21, "workload.kernel is 'cpu.prime', which is no kernel; did you mean 'cpu.primes'? Kernels: noop, cpu.primes, cpu.pi, cpu.sha256, cpu.matrix, cpu.json, cpu.compress, memory.stream, memory.random, io.sleep, io.http, io.file, io.tcp, io.unix-socket, shared.counter, shared.collection, ipc.transfer, deadlock, mixed.")]
    [InlineData("workload: { kernel: noop, params: { limit: 3 } }", "/workload/params/limit", 44, "The kernel noop has no parameter 'limit'. It has none.")]
    [InlineData("workload: { kernel: io.http }", "/workload/params", 1, "The kernel io.http needs the parameter 'url' (an http:// or https:// address); give it in workload.params.")]
    [InlineData("workload: { kernel: io.http, params: { url: /x } }", "/workload/params/url", 45, "workload.params.url is '/x'; it has to be an absolute address that begins with http:// or https://.")]
    [InlineData("workload: { kernel: io.http, params: { url: 5 } }", "/workload/params/url", 45, "workload.params.url is the number 5; it has to be a text: an http:// or https:// address.")]
    [InlineData("workload: { kernel: cpu.primes, params: { limit: \"5\" } }", "/workload/params/limit", 50, "workload.params.limit is the text '5'; it has to be a number; write it without quotes.")]
    [InlineData("workload: { kernel: cpu.primes, params: { limit: 5.5 } }", "/workload/params/limit", 50, "workload.params.limit is 5.5; it has to be a whole number from 2 to 10,000,000.")]
    [InlineData("workload: { kernel: shared.counter, params: { mode: locks } }", "/workload/params/mode", 53, "workload.params.mode is 'locks'; did you mean 'lock'? Allowed: lock, none, manager, atomic, local.")]
    [InlineData("workload: { kernel: shared.counter, params: { mode: 5 } }", "/workload/params/mode", 53, "workload.params.mode is the number 5; it has to be a text: how the value is shared.")]
    [InlineData("workload: {}", "/workload", 1, "workload needs exactly one of kernel, code, http, sql and command, and has none of them.")]
    [InlineData("workload: { kernel: noop, sql: { connection: a, query: b } }", "/workload", 1, "workload needs exactly one of kernel, code, http, sql and command, and has kernel and sql.")]
    [InlineData("workload: { kernel: 5 }", "/workload/kernel", 21, "workload.kernel has to be a text, not the number 5; put it in quotes.")]
    [InlineData("workload: { code: { source: x } }", "/workload/code/language", 13, "workload.code.language is missing. Allowed: csharp, python, javascript.")]
    [InlineData("workload: { code: { language: ruby, source: x } }", "/workload/code/language", 31, "workload.code.language is 'ruby'. Allowed: csharp, python, javascript.")]
    [InlineData("workload: { code: { language: python } }", "/workload/code", 13, "workload.code needs the code itself: give 'source' with the text, or 'file' with a path beside the spec.")]
    [InlineData("workload: { code: { language: python, source: \" \" } }", "/workload/code/source", 47, "workload.code.source is empty; define 'def task(index)' or 'async def task_async(index)' in it.")]
    [InlineData("workload: { code: { language: python, file: \"\" } }", "/workload/code/file", 45, "workload.code.file is missing or empty; give it a text.")]
    [InlineData("workload: { http: { url: \"http://127.0.0.1/\", version: 2 } }", "/workload/http/version", 56, "workload.http.version is 2, and HTTP/2 is not possible on python, whose own library speaks HTTP/1.1; use version 1.1, or the runtime dotnet only.")]
    [InlineData("workload: { http: { url: \"http://127.0.0.1/\", version: 3 } }", "/workload/http/version", 56, "workload.http.version is '3'. Allowed: 1.1, 2.")]
    [InlineData("workload: { http: { url: \"http://127.0.0.1/\", keepAlive: 1 } }", "/workload/http/keepAlive", 58, "workload.http.keepAlive has to be true or false, not the number 1.")]
    [InlineData("workload: { http: { url: \"http://{host}/\" }, params: { host: a, path: b } }", "/workload/params/path", 71, "The parameter 'path' has no place in workload.http; write {path} where its value belongs, or remove it.")]
    [InlineData("workload: { http: { url: \"http://a/\", headers: { Content-Length: 3 } } }", "/workload/http/headers/Content-Length", 66, "workload.http.headers.Content-Length has to be a text, not the number 3; put it in quotes.")]
    [InlineData("workload: { http: { url: \"http://a/\", headers: { Content-Length: \"3\" } } }", "/workload/http/headers/Content-Length", 66, "workload.http.headers has 'Content-Length', which the runtime writes itself; remove it.")]
    [InlineData("workload: { sql: { connection: \"postgresql://me:secret@db/x\", query: b } }", "/workload/sql/connection", 32, "workload.sql.connection has to be the name of a connection, such as ORDERS_DB, and not the connection itself, which would be stored with the experiment; put it into an environment variable of that name.")]
    [InlineData("workload: { sql: { connection: a, query: \"select '{index}'\" } }", "/workload/sql/query", 42, "workload.sql.query has {index} within quotes, where it is a part of the text; values are bound, so write it without quotes.")]
    [InlineData("workload: { sql: { connection: a, query: \"\" } }", "/workload/sql/query", 42, "workload.sql.query is missing or empty; give it the statement to execute.")]
    [InlineData("workload: { command: { argv: [] } }", "/workload/command/argv", 24, "workload.command.argv is missing or empty; give it the program and its arguments as a list.")]
    [InlineData("workload: { command: { argv: \"gzip -c file\" } }", "/workload/command/argv", 30, "workload.command.argv is the one text 'gzip -c file', which would be the name of a program; give the program and each argument an item of the list. There is no shell; for one, use [\"sh\", \"-c\", \"...\"].")]
    public void Read_WrongWorkload_NamesPlaceAndMend(string body, string pointer, int column, string message)
    {
        var error = Assert.Single(SpecReader.Read("version: 1\nname: a\n" + body, SpecFormat.Yaml).Errors);

        Assert.Equal(new SpecError(pointer, message, 3, column), error);
    }

    [Theory]
    [InlineData("version: 2\nname: a", "/version", 1, 10, "version is 2; this product reads version 1.")]
    [InlineData("version: 1\nname: a/b", "/name", 2, 7, "name has the character '/'; use letters, digits, spaces, dots, dashes and underscores.")]
    [InlineData("version: 1\nname: \" a\"", "/name", 2, 7, "name begins or ends with a space; remove it.")]
    [InlineData("version: 1\nname: 5", "/name", 2, 7, "name has to be a text, not the number 5; put it in quotes.")]
    [InlineData("version: 1", "/name", 1, 1, "name is missing or empty; give it a text.")]
    public void Read_WrongHead_NamesPlaceAndMend(string head, string pointer, int line, int column, string message)
    {
        var error = Assert.Single(SpecReader.Read(head + "\nworkload: { kernel: noop }", SpecFormat.Yaml).Errors);

        Assert.Equal(new SpecError(pointer, message, line, column), error);
    }

    [Fact]
    public void Read_SeveralErrors_TellsAllInOrderOfTheText()
    {
        var errors = SpecReader.Read("name: a/b\nworkload: { kernel: nop }\nrepeat: x\nmatrix:\n  wokers: [1]\n  runtime: [ruby]\n", SpecFormat.Yaml).Errors;

        Assert.Equal(["/name", "/workload/kernel", "/repeat", "/matrix/wokers", "/matrix/runtime/0"], errors.Select(error => error.Pointer), StringComparer.Ordinal);
    }

    [Fact]
    public void Read_MisspeltSection_IsNotCalledMissingToo()
    {
        var error = Assert.Single(SpecReader.Read("name: a\nwrkload: { kernel: noop }\n", SpecFormat.Yaml).Errors);

        Assert.Equal("/wrkload", error.Pointer);
    }

    [Fact]
    public void Read_ManyErrors_TellsTheFirstHundred()
    {
        var text = Head + string.Concat(Enumerable.Range(0, 500).Select(number => $"zzzzz{number}: 1\n"));

        var errors = SpecReader.Read(text, SpecFormat.Yaml).Errors;

        Assert.Equal(SpecReader.MaximumErrors, errors.Count);
        Assert.Equal(4, errors[0].Line);
    }

    [Theory]
    [InlineData("matrix: {{ workers: [{0}] }}", "1")]
    [InlineData("matrix: {{ workers: [{0}] }}", "x")]
    [InlineData("matrix: {{ strategy: [{0}] }}", "threds")]
    [InlineData("tags: [{0}]", "''")]
    public void Read_HugeListOfErrors_StopsAtTheFirstHundred(string form, string item)
    {
        var text = Head + string.Format(System.Globalization.CultureInfo.InvariantCulture, form, string.Join(',', Enumerable.Repeat(item, 10_000)));

        Assert.Equal(SpecReader.MaximumErrors, SpecReader.Read(text, SpecFormat.Yaml).Errors.Count);
    }

    [Fact]
    public void Read_PointerWithSlashAndTilde_IsEscaped()
    {
        var error = Assert.Single(SpecReader.Read(Head + "\"a/b~c\": 1", SpecFormat.Yaml).Errors);

        Assert.Equal("/a~1b~0c", error.Pointer);
    }

    [Fact]
    public void Read_CSharpCodeWithParameters_IsValid()
    {
        var reading = SpecReader.Read("name: a\nworkload: { code: { language: csharp, source: x }, params: { text: a } }\nmatrix: { runtime: dotnet, params: { limit: [1, 2] } }", SpecFormat.Yaml);

        Assert.Empty(reading.Errors);
        Assert.Equal("limit text", string.Join(" ", TrialPlanner.Expand(reading.Spec!, 1).Cells[0].Params.Keys.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Read_CSharpCodeWithoutSource_NamesItsMethods()
    {
        var error = Assert.Single(SpecReader.Read("name: a\nworkload: { code: { language: csharp, source: \" \" } }\nmatrix: { runtime: dotnet }", SpecFormat.Yaml).Errors);

        Assert.Contains("'static ulong Task(long index)'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two words: 1", "/workload/params/two words", "workload.params has the name 'two words'")]
    [InlineData("index: 1", "/workload/params/index", "workload.params has the name 'index', which is the task's own")]
    public void Read_ParameterThatCannotBeAnArgument_SaysWhy(string parameter, string pointer, string message)
    {
        var error = Assert.Single(SpecReader.Read($"name: a\nworkload: {{ code: {{ language: python, source: x }}, params: {{ {parameter} }} }}", SpecFormat.Yaml).Errors);

        Assert.Equal(pointer, error.Pointer);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PythonCodeOnDotNetOnly_HasNoValidCell()
    {
        var error = Assert.Single(SpecReader.Read("name: a\nworkload: { code: { language: python, source: x } }\nmatrix: { runtime: dotnet }", SpecFormat.Yaml).Errors);

        Assert.Equal(new SpecError("/matrix", "matrix has no valid cell: code in python does not run on dotnet; add the code's own runtime to matrix.runtime.", 3, 1), error);
    }

    [Fact]
    public void Read_MillionCells_IsRefusedWithTheExactCount()
    {
        var numbers = string.Join(", ", Enumerable.Range(1, 200));
        var limits = string.Join(", ", Enumerable.Range(1_000, 5_000));

        var error = Assert.Single(SpecReader.Read(Head + $"matrix: {{ strategy: threads, workers: [{numbers}], params: {{ limit: [{limits}] }} }}\nrepeat: 2", SpecFormat.Yaml).Errors);

        Assert.Equal(("/matrix", 4, 1), (error.Pointer, error.Line, error.Column));
        Assert.Equal("The matrix makes 1,000,000 cells, which with repeat 2 are 2,000,000 trials; the most is 2,000. Shorten a list of the matrix, or repeat less often.", error.Message);
    }
}
