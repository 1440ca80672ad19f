using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Brigade.Tests.Shared;

/// <summary>A real PostgreSQL server of its own for one test assembly, on a Unix socket in a directory of its own. It ends with the test process, however that ends.</summary>
public sealed partial class PostgresServer : IAsyncDisposable
{
    public const string Password = "a;secret";

    private const string User = "brigade";

    // The server lives as long as the standard input of this script, which the kernel closes when the test process is gone.
    private const string Script = """
        bin=$0
        dir=$(mktemp -d /tmp/brigade-pg-XXXXXX) || exit 1
        trap 'rm -rf "$dir"' EXIT
        printf %s "$2" > "$dir/password"
        "$bin/initdb" -D "$dir/data" -U "$1" --pwfile="$dir/password" --auth=scram-sha-256 -E UTF8 --locale=C.UTF-8 --no-sync > "$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
        echo "$dir"
        "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=200 &
        server=$!
        read -r line
        kill -QUIT $server
        wait $server
        """;

    private readonly TaskCompletionSource<string?> _directory = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _log = [];
    private Process? _process;
    private string _socket = "";
    private int _databases;

    public async ValueTask InitializeAsync()
    {
        _process = Start(FindBinaries());
        _process.OutputDataReceived += (_, line) => _directory.TrySetResult(line.Data);
        _process.ErrorDataReceived += (_, line) => OnLog(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _socket = await _directory.Task.WaitAsync(TimeSpan.FromMinutes(2)) ?? throw Failed("did not make its files");
        await _ready.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        NpgsqlConnection.ClearAllPools();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"brigade_{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public string ConnectionString(string database, string password = Password) =>
        new NpgsqlConnectionStringBuilder { Host = _socket, Database = database, Username = User, Password = password, Timeout = 60 }.ConnectionString;

    private static string FindBinaries()
    {
        var candidates = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            : [];
        candidates = candidates.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
        return candidates.FirstOrDefault(directory => File.Exists(Path.Combine(directory, "initdb")) && File.Exists(Path.Combine(directory, "postgres")))
            ?? throw new InvalidOperationException("These tests need a PostgreSQL server, and there is none in /usr/lib/postgresql/*/bin or on the PATH. Install it: apt-get install postgresql");
    }

    private static Process Start(string binaries)
    {
        var start = new ProcessStartInfo { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };

        // PostgreSQL refuses to run as root.
        string[] unprivileged = Environment.IsPrivilegedProcess ? ["runuser", "-u", File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody", "--"] : [];
        string[] command = [.. unprivileged, "sh", "-c", Script, binaries, User, Password];
        start.FileName = command[0];
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("The PostgreSQL server could not be started.");
    }

    private void OnLog(string? line)
    {
        lock (_log)
        {
            if (line is null)
                _ready.TrySetException(Failed("ended"));
            else
                _log.Add(line);
        }

        if (line?.Contains("ready to accept connections", StringComparison.Ordinal) == true)
            _ready.TrySetResult();
    }

    private InvalidOperationException Failed(string what)
    {
        lock (_log)
            return new InvalidOperationException($"The PostgreSQL server {what}:{Environment.NewLine}{string.Join(Environment.NewLine, _log.TakeLast(20))}");
    }
}
