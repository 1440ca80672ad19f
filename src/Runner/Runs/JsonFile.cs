using System.Text;
using System.Text.Json;
using Brigade.Contracts;

namespace Brigade.Runner.Runs;

/// <summary>Writes files, most of them JSON, that are either whole or not there.</summary>
internal static class JsonFile
{
    /// <summary>What is wrong with a path that is to be written later; null where it can be written.</summary>
    public static string? Problem(string path)
    {
        if (Directory.Exists(path))
        {
            return $"{path} is a directory; name a file.";
        }

        if (IsDevice(path))
        {
            return null;
        }

        var directory = DirectoryOf(path);
        if (!Directory.Exists(directory))
        {
            return $"The directory {directory} does not exist; make it first.";
        }

        try
        {
            var probe = TemporaryBeside(path);
            File.Create(probe).Dispose();
            File.Delete(probe);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be written: {exception.Message}";
        }
    }

    /// <summary>Writes beside the file first and then takes its place.</summary>
    /// <exception cref="RunOutputException">It cannot be written; a file that was there before is as it was.</exception>
    public static Task WriteAsync<T>(string path, T value) => WriteAsync(path, async stream =>
    {
        await JsonSerializer.SerializeAsync(stream, value, BrigadeJson.Indented);
        stream.WriteByte((byte)'\n');
    });

    /// <summary>The same for a text, in UTF-8.</summary>
    /// <exception cref="RunOutputException">It cannot be written; a file that was there before is as it was.</exception>
    public static Task WriteTextAsync(string path, string text) => WriteAsync(path, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask());

    private static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var temporary = IsDevice(path) ? path : TemporaryBeside(path);
        try
        {
            await using (var stream = new FileStream(temporary, IsDevice(path) ? FileMode.Open : FileMode.Create, FileAccess.Write))
            {
                await write(stream);
            }

            if (!IsDevice(path))
            {
                File.Move(temporary, path, overwrite: true);
            }
        }
        catch (IOException exception)
        {
            Discard(temporary);
            throw RunOutputException.Of(path, exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            Discard(temporary);
            throw new RunOutputException($"{path} cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>Whether the path is something like <c>/dev/stdout</c>, which is written to and not replaced.</summary>
    private static bool IsDevice(string path) => Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(path);

    private static void Discard(string path)
    {
        if (IsDevice(path))
        {
            return;
        }

        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static string DirectoryOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";

    private static string TemporaryBeside(string path) => Path.Combine(DirectoryOf(path), $".{Path.GetFileName(path)}.{Environment.ProcessId}.tmp");
}
