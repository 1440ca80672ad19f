using Brigade.Contracts.Messages;
using Brigade.Contracts.Network;
using Brigade.Contracts.Spec;
using Brigade.Data;
using Brigade.Data.Queries;
using Brigade.Web.Cluster;

namespace Brigade.Web.Features.Network;

/// <summary>Puts together what a run gets beside its spec, on the node that its runner is connected to: secrets do not travel between nodes. A run that cannot have its secrets is told why, and fails with that.</summary>
internal sealed class RunOrders(IServiceScopeFactory scopes, ILogger<RunOrders> logger)
{
    private const string NotRead = "The secrets could not be read from the server's database. Start the run again.";

    /// <param name="spec">The run's spec as JSON.</param>
    public async Task<RunOrder> OfRunAsync(Guid runId, string spec)
    {
        try
        {
            return await OfAsync(await scopes.WorkspaceOfAsync(runId), spec);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Without(exception);
        }
    }

    /// <param name="spec">A spec as JSON.</param>
    public async Task<RunOrder> OfAsync(Guid workspaceId, string spec)
    {
        try
        {
            await using var scope = scopes.CreateSystemScope(workspaceId);
            var rules = await scope.ServiceProvider.GetRequiredService<OutgoingRules>().RulesAsync();
            var names = SpecReader.Read(spec, SpecFormat.Json, SpecOrigin.Request).Spec is { } read ? SecretReferences.Possible(read.Workload) : [];
            return await WithSecretsAsync(rules, scope.ServiceProvider.GetRequiredService<SecretStore>(), names);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Without(exception);
        }
    }

    private static async Task<RunOrder> WithSecretsAsync(NetworkRules rules, SecretStore store, IReadOnlyList<string> names)
    {
        try
        {
            return RunOrder.Of(rules) with { Secrets = await store.TakeAsync(names) };
        }
        catch (UnreadableSecretException unreadable)
        {
            return RunOrder.Of(rules) with { Problem = unreadable.Message };
        }
    }

    private RunOrder Without(Exception exception)
    {
        // Whatever it is, the run has to get to its runner: one that needs no secret goes on without.
        logger.LogWarning("What a run may use could not be read: {Reason}", exception.Message);
        return RunOrder.Least with { Problem = NotRead };
    }
}
