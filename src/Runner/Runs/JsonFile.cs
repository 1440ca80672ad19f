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
            await using (var stream = Open(path, temporary))
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

    /// <summary>The standard streams are not opened anew: where they lead to a file, that would write over what is in it already.</summary>
    private static Stream Open(string path, string temporary) => Path.GetFullPath(path) switch
    {
        "/dev/stdout" => Console.OpenStandardOutput(),
        "/dev/stderr" => Console.OpenStandardError(),
        _ => new FileStream(temporary, IsDevice(path) ? FileMode.Open : FileMode.Create, FileAccess.Write),
    };

    /// <summary>Whether the path is something like <c>/dev/null</c>, which is written to and not replaced. What lies in <c>/dev/shm</c> are files.</summary>
    private static bool IsDevice(string path) =>
        Path.GetFullPath(path) is var full && (full is "/dev/stdout" or "/dev/stderr"
            || (full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal) && File.Exists(full)));

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
