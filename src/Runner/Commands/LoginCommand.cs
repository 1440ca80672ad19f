using System.CommandLine;
using System.Text;
using Brigade.Runner.Agent;
using Brigade.Runner.Remote;

namespace Brigade.Runner.Commands;

/// <summary><c>brigade login</c> and <c>brigade logout</c>: keeps a server's API key for this user, or forgets it. A key is never an argument: everybody on a machine can read those.</summary>
internal static class LoginCommand
{
    /// <summary>Longer than any key.</summary>
    private const int LongestKey = 4096;

    public static Command CreateLogin()
    {
        var server = ServerOption("The server that the key is for.");
        var command = new Command("login", $"Keeps the API key of a server for this user. It is asked for, or read from standard input or {Credentials.Variable}.") { server };
        command.SetAction((parsed, cancellation) => LoginAsync(parsed.GetRequiredValue(server), cancellation));
        return command;
    }

    public static Command CreateLogout()
    {
        var server = ServerOption("The server whose key is to be forgotten.");
        var command = new Command("logout", "Forgets the API key of a server. Revoke it on the server where it is not needed any more.") { server };
        command.SetAction((parsed, _) => ServerCommand.GuardAsync(() => LogoutAsync(parsed.GetRequiredValue(server))));
        return command;
    }

    private static Option<string> ServerOption(string description) => new("--server") { Description = description, HelpName = "URL", Required = true };

    private static Task<int> LoginAsync(string address, CancellationToken cancellation) => ServerCommand.GuardAsync(async () =>
    {
        var server = ServerAddress.Parse(address);
        if (ServerAddress.IsInTheClear(server))
            await Stderr.TellAsync($"brigade: warning: {ServerProblem.Shown(server)} is not encrypted: the key can be read on its way. Use https.");
        if (await AskAsync(server, cancellation) is not { Length: > 0 } key)
            return await ServerCommand.WrongAsync("There is no key. Make one on the server's page Settings, Keys.");
        using var client = new ServerClient(server, key);
        var owner = await client.GetAsync<KeyOwner>("keys/current", cancellation);
        var credentials = new Credentials();
        credentials.Keep(server, key);
        Console.Out.WriteLine($"{ServerProblem.Shown(server)} knows this key as \"{owner.Name}\" ({owner.Role}). It is kept in {credentials.Place}.");
        return ExitCodes.Done;
    });

    private static async Task<int> LogoutAsync(string address)
    {
        var server = ServerAddress.Parse(address);
        if (!new Credentials().Forget(server))
            return await ServerCommand.WrongAsync($"There is no key for {ServerProblem.Shown(server)}.");
        Console.Out.WriteLine($"The key for {ServerProblem.Shown(server)} is forgotten.");
        return ExitCodes.Done;
    }

    private static async Task<string> AskAsync(Uri server, CancellationToken cancellation)
    {
        if (SecretEnvironment.Take(Credentials.Variable) is { Length: > 0 } given)
            return given.Trim();
        if (Console.IsInputRedirected)
            return (await Console.In.ReadLineAsync(cancellation) ?? "").Trim();
        Console.Error.Write($"API key of {ServerProblem.Shown(server)} (it is not shown): ");
        return Hidden();
    }

    private static string Hidden()
    {
        var typed = new StringBuilder();
        while (typed.Length < LongestKey && Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString().Trim();
    }

    private sealed record KeyOwner(string Name, string Role);
}
