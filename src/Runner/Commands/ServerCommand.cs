using System.CommandLine;
using Brigade.Runner.Remote;
using Brigade.Runner.Runs;

namespace Brigade.Runner.Commands;

/// <summary>What the verbs that ask a server share.</summary>
internal static class ServerCommand
{
    /// <param name="description">What the server is for in this verb.</param>
    public static Option<string?> Option(string description, bool required = false) => new("--server") { Description = $"{description} The key for it is that of 'brigade login', or {Credentials.Variable}.", HelpName = "URL", Required = required };

    /// <summary>Asks a server with the user's key; whatever goes wrong is one line on standard error.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string? address, Func<ServerClient, Task<int>> action) => GuardAsync(async () =>
    {
        var server = ServerAddress.Parse(address);
        if (new Credentials().Find(server) is not { } key)
            return await WrongAsync($"There is no key for {ServerProblem.Shown(server)}. Run 'brigade login --server {ServerProblem.Shown(server)}', or set {Credentials.Variable}.");
        using var client = new ServerClient(server, key);
        return await action(client);
    });

    /// <summary>Turns what can go wrong with a server into one line and an exit code.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (FormatException exception)
        {
            return await WrongAsync($"--server: {exception.Message}");
        }
        catch (ServerException exception)
        {
            await Stderr.TellAsync($"brigade: {exception.Message}");
            return exception.ExitCode;
        }
        catch (Exception exception) when (exception is RunOutputException or IOException)
        {
            await Stderr.TellAsync($"brigade: {exception.Message}");
            return ExitCodes.RunFailed;
        }
    }

    public static async Task<int> WrongAsync(string message)
    {
        await Stderr.TellAsync($"brigade: {message}");
        return ExitCodes.Wrong;
    }
}
