using Brigade.Contracts.Messages;
using Brigade.Contracts.Network;

namespace Brigade.Runner.Trials;

/// <summary>What a run may use of what its spec only names.</summary>
/// <param name="Connections">Gives the address of a database that the operator of this machine offers under a name.</param>
/// <param name="Secrets">Gives the value of a secret.</param>
/// <param name="Network">Whom exchanges may connect to; null for anybody.</param>
/// <param name="Missing">What to do about a secret that is not there, as the end of a sentence.</param>
/// <param name="Problem">Why the secrets could not be had; empty where they could.</param>
internal sealed record RunMeans(Func<string, string?> Connections, Func<string, string?> Secrets, NetworkRules? Network, Func<string, string> Missing, string Problem = "")
{
    private const string Prefix = "BRIGADE_SECRET_";

    /// <summary>For what the person at this terminal runs, who may connect to whom they like: secrets are variables of their environment.</summary>
    public static RunMeans Local { get; } = new(
        Sql.Connections.Local,
        name => Environment.GetEnvironmentVariable(Variable(name)) ?? Environment.GetEnvironmentVariable(name),
        Network: null,
        name => $"set the environment variable {Variable(name)} to its value");

    /// <summary>For what a server sends.</summary>
    public static RunMeans Of(RunOrder order) => new(
        Sql.Connections.Offered,
        name => order.Secrets.GetValueOrDefault(name),
        order.Network,
        name => "an admin can store it in the workspace's settings, under Secrets and network",
        order.Problem);

    private static string Variable(string name) => Prefix + name.ToUpperInvariant().Replace('-', '_');
}
