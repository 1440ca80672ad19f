using Brigade.Web.Hosting;

namespace Brigade.Web.Access;

/// <summary>The bearer tokens of this server: the one for scripts, where there is one, and the embedded runner's.</summary>
internal sealed class AccessTokens
{
    public const string Variable = "BRIGADE_TOKEN";

    private const int MinimumLength = 16;
    private readonly Secret? _script;
    private readonly Secret _runner;

    /// <exception cref="StartException">The token for scripts is too short.</exception>
    public AccessTokens(string? scriptToken)
    {
        if (!string.IsNullOrEmpty(scriptToken))
        {
            if (scriptToken.Length < MinimumLength)
                throw new StartException($"{Variable} is too short: use at least {MinimumLength} characters, for example the output of 'openssl rand -hex 32'.");
            _script = new Secret(scriptToken);
        }

        EmbeddedRunnerToken = Secret.NewToken();
        _runner = new Secret(EmbeddedRunnerToken);
    }

    /// <summary>Drawn at each start and told to the embedded runner alone.</summary>
    public string EmbeddedRunnerToken { get; }

    public bool IsScript(string token) => _script?.Matches(token) ?? false;

    public bool IsEmbeddedRunner(string token) => _runner.Matches(token);
}
