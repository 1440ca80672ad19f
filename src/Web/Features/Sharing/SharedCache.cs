using Microsoft.Extensions.Caching.Memory;

namespace Brigade.Web.Features.Sharing;

/// <summary>What strangers look at is worked out once, and one thing at a time: their visits must not take the processors from the trials that run on this machine.</summary>
internal sealed class SharedCache(TimeProvider time) : IDisposable
{
    private const long MostCharacters = 32 * 1024 * 1024;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _pages = new(new MemoryCacheOptions { SizeLimit = MostCharacters });
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <param name="mark">Says what it is and in which state.</param>
    public async Task<string?> GetAsync(string mark, Func<Task<string?>> make, CancellationToken cancellation)
    {
        if (Find(mark) is { } page)
            return page;
        await _turn.WaitAsync(cancellation);
        try
        {
            if (Find(mark) is { } made)
                return made;
            var fresh = await make();
            if (fresh is not null)
                _pages.Set(mark, new Entry(fresh, time.GetUtcNow() + Kept), new MemoryCacheEntryOptions { Size = fresh.Length, SlidingExpiration = Kept });
            return fresh;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _pages.Dispose();
        _turn.Dispose();
    }

    private string? Find(string mark) => _pages.TryGetValue<Entry>(mark, out var entry) && entry!.Until > time.GetUtcNow() ? entry.Text : null;

    private sealed record Entry(string Text, DateTimeOffset Until);
}
