using System.Text.Json;
using Brigade.Contracts;
using Brigade.Runner.Agent;
using Brigade.Runner.Runs;

namespace Brigade.Runner.Remote;

/// <summary>API keys by server, in a file of the user's configuration directory that nobody else can read.</summary>
internal sealed class Credentials
{
    public const string Variable = "BRIGADE_TOKEN";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly string _path;

    /// <param name="directory">The user's own where null.</param>
    public Credentials(string? directory = null) => _path = Path.Combine(
        directory ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "brigade"), "credentials.json");

    /// <summary>Where they are kept.</summary>
    public string Place => _path;

    /// <summary>The key to use for a server: that of the environment, else the one that was kept; null where there is none.</summary>
    /// <exception cref="RunOutputException">The file cannot be read, or others can read it.</exception>
    public string? Find(Uri server) =>
        SecretEnvironment.Take(Variable) is { Length: > 0 } given ? given.Trim() : Read().GetValueOrDefault(ServerProblem.Shown(server));

    /// <summary>Keeps a key; it takes the place of the one before.</summary>
    /// <exception cref="RunOutputException">The file cannot be written.</exception>
    public void Keep(Uri server, string key)
    {
        var keys = Read();
        keys[ServerProblem.Shown(server)] = key;
        Write(keys);
    }

    /// <summary>Forgets a key; false where there is none.</summary>
    /// <exception cref="RunOutputException">The file cannot be written.</exception>
    public bool Forget(Uri server)
    {
        var keys = Read();
        if (!keys.Remove(ServerProblem.Shown(server)))
            return false;
        Write(keys);
        return true;
    }

    private SortedDictionary<string, string> Read()
    {
        try
        {
            if (!File.Exists(_path))
                return new SortedDictionary<string, string>(StringComparer.Ordinal);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(_path) & Others) != UnixFileMode.None)
                throw new RunOutputException($"Others can read the keys in {_path}. Run 'chmod 600 {_path}', and make new keys where somebody may have read these.");
            return new SortedDictionary<string, string>(JsonSerializer.Deserialize<KeyFile>(File.ReadAllBytes(_path), BrigadeJson.Options)?.Keys ?? [], StringComparer.Ordinal);
        }
        catch (JsonException exception)
        {
            throw new RunOutputException($"{_path} is damaged: delete it, and run 'brigade login' again.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunOutputException($"{_path} cannot be read: {exception.Message}", exception);
        }
    }

    private void Write(SortedDictionary<string, string> keys)
    {
        var directory = Path.GetDirectoryName(_path)!;
        var temporary = $"{_path}.{Environment.ProcessId}.tmp";
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(directory);
            else
                Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
            File.Delete(temporary);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = OwnerOnly;
            using (var stream = new FileStream(temporary, options))
            {
                JsonSerializer.Serialize(stream, new KeyFile(new Dictionary<string, string>(keys, StringComparer.Ordinal)), BrigadeJson.Indented);
            }

            File.Move(temporary, _path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunOutputException($"{_path} cannot be written: {exception.Message}", exception);
        }
    }

    /// <param name="Keys">Keys by the address of their server.</param>
    private sealed record KeyFile(Dictionary<string, string>? Keys);
}
