using System.Globalization;
using System.Text;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>
/// The locks of the kernel <c>deadlock</c>, and the watcher that finds workers that wait for each other in a circle. A lock has one
/// owner and none of them lets go while it waits: once there is a circle it stays.
/// </summary>
internal sealed class DeadlockFixture : IKernelFixture
{
    private const int LookMs = 100;

    /// <summary>So many looks after the circle was found the other workers had the time to run into it, on a busy machine too.</summary>
    private const int MostLooksAfter = 40;

    private readonly WatchedLocks _locks;
    private readonly int _workers;
    private readonly ManualResetEventSlim _isOver = new(initialState: false, spinCount: 0);
    private Thread? _watcher;

    public DeadlockFixture(KernelSettings settings, TrialRequest request)
    {
        SharedWords.Create(settings.Scratch, request.Strategy is Strategy.Processes or Strategy.ProcessPerTask);
        _locks = new WatchedLocks(settings.Scratch, worker: 0);
        _workers = request.Workers;
    }

    public void Begin() => _locks.Arm();

    public void Watch(Action<Exception> fail)
    {
        _watcher = new Thread(() => Watch(_locks, _workers, _isOver, fail), 128 * 1024) { IsBackground = true, Name = "deadlock watcher" };
        _watcher.Start();
    }

    public void Dispose()
    {
        _isOver.Set();
        _watcher?.Join();
        _isOver.Dispose();
    }

    private static void Watch(WatchedLocks locks, int workers, ManualResetEventSlim isOver, Action<Exception> fail)
    {
        var looks = 0;
        while (!isOver.Wait(LookMs))
        {
            if (FindCircle(locks) is not { } circle)
            {
                looks = 0;
                continue;
            }

            var waiting = Enumerable.Range(0, workers).Where(worker => locks.WantedBy(worker) is not null).ToList();
            if (++looks > 1 && (waiting.Count == workers || looks > MostLooksAfter))
            {
                fail(new TrialFailedException(Message(circle, waiting.Count), Detail(locks, waiting)));
                return;
            }
        }
    }

    /// <summary>The owners of the two locks, where each waits for the lock of the other.</summary>
    private static (int OfA, int OfB)? FindCircle(WatchedLocks locks) =>
        locks.OwnerOf(0) is { } a && locks.OwnerOf(1) is { } b && a != b && locks.WantedBy(a) == 1 && locks.WantedBy(b) == 0 ? (a, b) : null;

    private static string Message((int OfA, int OfB) circle, int waiting) => string.Create(
        CultureInfo.InvariantCulture,
        $"deadlock: worker {circle.OfA} holds lock {WatchedLocks.Names[0]} and waits for lock {WatchedLocks.Names[1]}, which worker {circle.OfB} holds, which waits for lock {WatchedLocks.Names[0]}; {waiting} workers are blocked, and their stacks are with the error.");

    private static string Detail(WatchedLocks locks, List<int> waiting)
    {
        var detail = new StringBuilder();
        foreach (var worker in waiting)
        {
            detail.Append(locks.Describe(worker)).Append('\n');
        }

        return detail.ToString();
    }
}
