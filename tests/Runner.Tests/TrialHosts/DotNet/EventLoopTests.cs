using System.Collections.Concurrent;
using System.Diagnostics;
using Brigade.Runner.TrialHosts.DotNet;
using Xunit;

namespace Brigade.Runner.Tests.TrialHosts.DotNet;

public sealed class EventLoopTests
{
    private const long MostNs = 55_000_000;

    [Fact]
    public async Task Timers_OfDifferentLength_FireInOrderAndNeverEarly()
    {
        var order = new ConcurrentQueue<int>();
        await OnLoopAsync(async () =>
        {
            // One start for all: between two of them, a busy machine may take more than they differ by.
            var start = Stopwatch.GetTimestamp();
            var waits = new[] { 30, 10, 20 }.Select(async milliseconds =>
            {
                await new LoopTimer(EventLoop.Current).WaitUntilAsync(start + (milliseconds * 1_000_000L));
                Assert.True(Stopwatch.GetTimestamp() - start >= milliseconds * 1_000_000L);
                order.Enqueue(milliseconds);
            });
            await Task.WhenAll(waits);
        });

        Assert.Equal([10, 20, 30], order);
    }

    [Fact]
    public async Task Timer_Fifty_TakesBarelyLonger()
    {
        var shortest = long.MaxValue;
        await OnLoopAsync(async () =>
        {
            var timer = new LoopTimer(EventLoop.Current);
            for (var round = 0; round < 10 || (shortest > MostNs && round < 200); round++)
            {
                var start = Stopwatch.GetTimestamp();
                await timer.WaitUntilAsync(start + 50_000_000);
                shortest = Math.Min(shortest, Stopwatch.GetTimestamp() - start);
            }
        });

        // The shortest of several: the others may have waited for a processor. A busy machine gets more of them.
        Assert.InRange(shortest, 50_000_000, MostNs);
    }

    [Fact]
    public async Task Continuations_OfWhatOtherThreadsComplete_RunOnTheLoop()
    {
        await OnLoopAsync(async () =>
        {
            var thread = Environment.CurrentManagedThreadId;
            for (var round = 0; round < 100; round++)
            {
                await Task.Run(() => Assert.NotEqual(thread, Environment.CurrentManagedThreadId));
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
                await Task.Yield();
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
            }
        });
    }

    /// <summary>Runs a piece of work on a loop of its own.</summary>
    private static async Task OnLoopAsync(Func<Task> work)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            var loop = new EventLoop();
            loop.Post(_ => _ = RunAsync(), null);
            loop.Run();
        })
        { IsBackground = true };
        thread.Start();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(60));

        async Task RunAsync()
        {
            try
            {
                await work();
                ended.SetResult();
            }
            catch (Exception exception)
            {
                ended.SetException(exception);
            }
        }
    }
}
