namespace Brigade.Runner.Agent;

/// <summary>How an agent is set up.</summary>
/// <param name="Server">Address of the server, for example <c>https://brigade.example.org</c>.</param>
/// <param name="Name">What people see; at most 200 characters.</param>
/// <param name="DataDirectory">Holds the runner's identity and its journals; one agent at a time.</param>
internal sealed record AgentOptions(Uri Server, string Token, string Name, string DataDirectory)
{
    /// <summary>Checks what was given.</summary>
    /// <exception cref="ArgumentException">Something is missing or wrong; the message says what.</exception>
    public static AgentOptions Create(string? server, string? token, string? name, string? data)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException($"'{server}' is not the address of a server; write it like https://brigade.example.org.", nameof(server));
        }

        if (string.IsNullOrWhiteSpace(token))
        {
            throw new ArgumentException("There is no token; set the environment variable BRIGADE_RUNNER_TOKEN to the one that the server gave for this runner.", nameof(token));
        }

        var shown = string.IsNullOrWhiteSpace(name) ? Environment.MachineName : name.Trim();
        return shown.Length <= 200
            ? new AgentOptions(uri, token.Trim(), shown, string.IsNullOrWhiteSpace(data) ? DefaultDirectory() : Path.GetFullPath(data))
            : throw new ArgumentException("The name is longer than 200 characters.", nameof(name));
    }

    private static string DefaultDirectory() => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "brigade-runner");
}
