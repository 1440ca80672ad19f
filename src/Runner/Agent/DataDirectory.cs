using Brigade.Runner.Runs;

namespace Brigade.Runner.Agent;

/// <summary>An agent's own directory, held by one agent at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    private DataDirectory(FileStream held, string runnerId)
    {
        _lock = held;
        RunnerId = runnerId;
    }

    /// <summary>The runner's identity, drawn once and kept.</summary>
    public string RunnerId { get; }

    /// <exception cref="RunOutputException">It cannot be used; the message says why.</exception>
    public static async Task<DataDirectory> OpenAsync(string path, TimeProvider time, CancellationToken cancellation)
    {
        const int Attempts = 20;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(path);
                var held = new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return new DataDirectory(held, await IdentityAsync(Path.Combine(path, "runner-id"), cancellation));
            }
            catch (IOException exception) when (exception.Message.Contains("being used by another process", StringComparison.Ordinal))
            {
                // The agent before may be about to end.
                if (attempt == Attempts)
                {
                    throw new RunOutputException($"Another agent uses {path}; give each agent its own --data directory.", exception);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellation);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new RunOutputException($"The data directory {path} cannot be used: {exception.Message}", exception);
            }
        }
    }

    public void Dispose() => _lock.Dispose();

    private static async Task<string> IdentityAsync(string path, CancellationToken cancellation)
    {
        if (File.Exists(path) && Guid.TryParse(await File.ReadAllTextAsync(path, cancellation), out var known))
        {
            return known.ToString("N");
        }

        var drawn = Guid.NewGuid().ToString("N");
        await File.WriteAllTextAsync(path + ".new", drawn, cancellation);
        File.Move(path + ".new", path, overwrite: true);
        return drawn;
    }
}
