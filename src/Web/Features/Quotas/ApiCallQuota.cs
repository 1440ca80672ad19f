using System.Collections.Concurrent;
using Brigade.Data;
using Brigade.Data.Queries;

namespace Brigade.Web.Features.Quotas;

/// <summary>How many calls of the REST API a workspace may make in a minute, for whoever counts them. It answers at once, from what was read a moment ago.</summary>
internal sealed class ApiCallQuota(IServiceScopeFactory scopes, TimeProvider time, ILogger<ApiCallQuota> logger)
{
    /// <summary>So old may an answer be; a change is known here at once, on other nodes after this.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, (long At, int? Limit)> _known = new();

    /// <summary>Null where the workspace has chosen no limit, or nobody has asked for it yet.</summary>
    public int? Of(Guid workspaceId)
    {
        var now = time.GetTimestamp();
        if (_known.TryGetValue(workspaceId, out var known) && time.GetElapsedTime(known.At, now) < Lifetime)
            return known.Limit;

        // One reads it again; the others go on with what they have.
        _known[workspaceId] = (now, known.Limit);
        _ = ReadAsync(workspaceId);
        return known.Limit;
    }

    /// <summary>Reads what is stored now.</summary>
    public async Task ReadAsync(Guid workspaceId)
    {
        try
        {
            await using var scope = scopes.CreateSystemScope(workspaceId);
            var rules = await scope.ServiceProvider.GetRequiredService<QuotaStore>().RulesAsync();
            _known[workspaceId] = (time.GetTimestamp(), rules.ApiCallsAMinute);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            logger.LogDebug(problem, "The quota of API calls could not be read");
        }
    }
}
