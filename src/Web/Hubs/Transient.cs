namespace Brigade.Web.Hubs;

/// <summary>Repeats calls that the cluster could not take at this moment: one failed call would end a runner's stream.</summary>
internal static class Transient
{
    // As long as a cluster takes to notice that a node is gone: twelve seconds.
    private const int Attempts = 7;

    public static async Task<T> RetryAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception problem) when (attempt < Attempts && problem is OrleansException or TimeoutException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), cancellation);
            }
        }
    }

    public static Task RetryAsync(Func<Task> call, CancellationToken cancellation) => RetryAsync(
        async () =>
        {
            await call();
            return true;
        },
        cancellation);
}
