using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Brigade.Web.Features.Api.Limits;

/// <summary>Whoever shares one limit.</summary>
/// <param name="Name">A user, a key, an address where nobody is known; or a workspace.</param>
/// <param name="PerMinute">Requests. Part of the identity: a limit that is changed begins anew.</param>
internal readonly record struct Caller(string Name, int PerMinute);

/// <summary>What each caller has left.</summary>
internal sealed class CallerLimits : IDisposable
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<Caller> _requests;
    private readonly PartitionedRateLimiter<string> _streams;

    public CallerLimits(IOptions<ApiLimitOptions> options)
    {
        var (perMinute, streams) = (options.Value.RequestsPerMinute, options.Value.OpenStreams);
        PerMinute = perMinute;
        _requests = PartitionedRateLimiter.Create<Caller, Caller>(caller => RateLimitPartition.GetFixedWindowLimiter(
            caller, known => new FixedWindowRateLimiterOptions { PermitLimit = known.PerMinute, Window = Window, QueueLimit = 0 }));
        _streams = PartitionedRateLimiter.Create<string, string>(name => RateLimitPartition.GetConcurrencyLimiter(
            name, _ => new ConcurrencyLimiterOptions { PermitLimit = streams, QueueLimit = 0 }));
    }

    /// <summary>Requests of one caller, where nothing else is said.</summary>
    public int PerMinute { get; }

    public RateLimitLease TakeRequest(Caller caller) => _requests.AttemptAcquire(caller);

    /// <summary>Held as long as the stream is open.</summary>
    public RateLimitLease TakeStream(string name) => _streams.AttemptAcquire(name);

    public long Left(Caller caller) => _requests.GetStatistics(caller)?.CurrentAvailablePermits ?? caller.PerMinute;

    public void Dispose()
    {
        _requests.Dispose();
        _streams.Dispose();
    }
}
