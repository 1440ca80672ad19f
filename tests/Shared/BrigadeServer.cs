using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Brigade.Tests.Shared;

/// <summary>The whole product as one process on a data directory of its own, started as a user starts it.</summary>
public sealed partial class BrigadeServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _link = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _data;

    private BrigadeServer(string data, IReadOnlyDictionary<string, string>? environment)
    {
        _data = data;
        var start = new ProcessStartInfo(Metadata("WebExecutable"), ["--urls", "http://127.0.0.1:0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Metadata("WebDirectory"),
        };
        start.Environment["BRIGADE_DATA"] = data;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _link.TrySetException(new InvalidOperationException($"The server ended before it was ready:\n{Output}"));
    }

    /// <summary>The printed one-time link.</summary>
    public Uri Link { get; private set; } = null!;

    /// <summary>What the server stores is here; deleted with it.</summary>
    public string DataDirectory => _data;

    /// <summary>Of the server's process.</summary>
    public int Id => _process.Id;

    public Uri Address => new(Link.GetLeftPart(UriPartial.Authority));

    /// <summary>From the start of the process to the printed link.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>What the server's process has used so far, without those that it started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts the server and waits for its link.</summary>
    /// <exception cref="InvalidOperationException">It ended before it was ready; the message holds what it said.</exception>
    public static async Task<BrigadeServer> StartAsync(IReadOnlyDictionary<string, string>? environment = null)
    {
        var server = new BrigadeServer(Directory.CreateTempSubdirectory("brigade-server-").FullName, environment);
        var started = Stopwatch.GetTimestamp();
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        server.Link = await server._link.Task.WaitAsync(TimeSpan.FromSeconds(120));
        server.StartTime = Stopwatch.GetElapsedTime(started);
        return server;
    }

    /// <summary>Presses Ctrl-C and answers how long the server took to end.</summary>
    public async Task<TimeSpan> InterruptAsync()
    {
        var started = Stopwatch.GetTimestamp();
        if (Kill(_process.Id, 2) != 0)
        {
            throw new InvalidOperationException("The server had already ended.");
        }

        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Processes that still work with this server's data directory: its runner and trials, which must have ended with it.</summary>
    public IReadOnlyList<string> Survivors() =>
        [.. Directory.EnumerateDirectories("/proc").Where(directory => Mentions(directory, "environ") || Mentions(directory, "cmdline"))];

    private bool Mentions(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file)).Contains(_data, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // not a process, not ours, or gone meanwhile
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await InterruptAsync();
        }

        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static string Metadata(string key) =>
        typeof(BrigadeServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (LinkPattern().Match(line) is { Success: true } match)
        {
            _link.TrySetResult(new Uri(match.Value));
        }
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/open/\S+", RegexOptions.None, 1000)]
    private static partial Regex LinkPattern();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
