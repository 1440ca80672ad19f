using System.Runtime.InteropServices;
using Brigade.Contracts.Runs;

namespace Brigade.Web.Features.Kitchen;

/// <summary>
/// Says for each frame of a trial what each worker does, in one letter, so that over time each letter comes as often as was measured: a thread that had a quarter of the processor is at the stove
/// in every fourth frame. <c>c</c> cooks (in a task, on a processor), <c>f</c> fetches and carries (on a processor, in no task), <c>s</c> waits for the one stove (the GIL, or the loop's thread),
/// <c>p</c> waits for a free stove (a processor), <c>l</c> for a lock, <c>o</c> for the oven (an answer, a disk, the time), <c>w</c> for something that is not known, <c>i</c> idle, <c>g</c> gone.
/// </summary>
public sealed class ChefReader(KitchenScene scene)
{
    /// <summary>Up to so many processors count as one: a runtime's own threads take a little beside it.</summary>
    private const double OneProcessor = 1.25;

    /// <summary>From this use on, of one processor or of all, whoever does not run waits for its turn.</summary>
    private const double Full = 0.8;

    /// <summary>A share that is this small is not worth a picture of its own.</summary>
    private const double Least = 0.02;

    private const double MostOwed = 1.5;

    private Owed[] _owed = [];
    private double _cooksOwed;

    /// <summary>Frames in which whoever has the one stove waited for a processor, and was not drawn so.</summary>
    private double _holderOwed;

    /// <summary>The next frames, in order.</summary>
    public IReadOnlyList<KitchenPoint> Read(IEnumerable<Frame> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        return [.. frames.Select(Read)];
    }

    /// <summary>What a worker waits for in a frame.</summary>
    internal char WaitOf(Frame frame, WorkerFrame worker, double waiting)
    {
        var cpu = ChefShares.CpuOf(frame);
        // The stove is taken all the time, or the work never leaves it: then it is what they wait for, all but the one who has it and may wait for a processor.
        if (scene.OneStove && waiting >= 0.3 && cpu <= OneProcessor && (cpu >= Full || scene.Computes))
            return Holds() ? 'p' : 's';
        if (!scene.OneStove && cpu >= Full * scene.Stoves)
            return 'p';
        if (worker is { Cpu: not null, State: WorkerState.Running })
            return 'p';
        return scene.Waits switch
        {
            TaskWait.Lock => 'l',
            TaskWait.Answer => 'o',
            _ => 'w',
        };
    }

    private bool Holds()
    {
        if (!scene.Computes || _holderOwed < 0.5)
            return false;
        _holderOwed -= 1;
        return true;
    }

    private KitchenPoint Read(Frame frame)
    {
        var shares = ChefShares.Of(frame, scene.OneStove ? 1 : scene.Stoves);
        return new KitchenPoint(
            frame.Number,
            Math.Max(1, (int)Math.Ceiling((frame.DurationMs - 1) / Frame.LengthMs)),
            Math.Round(frame.DurationMs, 3),
            frame.Tasks,
            frame.Errors,
            Math.Round(ChefShares.CpuOf(frame), 3),
            Letters(frame, shares),
            [.. frame.Workers.Select(worker => Percent(worker.Busy))],
            [.. shares.Select(share => Percent(share.Cook))],
            [.. frame.Workers.Select(worker => worker.Tasks)],
            KitchenSpans.Of(frame.Spans));
    }

    private string Letters(Frame frame, ChefShares[] shares)
    {
        if (_owed.Length != shares.Length)
            _owed = new Owed[shares.Length];
        for (var i = 0; i < shares.Length; i++)
            _owed[i].Add(shares[i]);
        var cooks = Cooks(shares);
        var waiting = shares.Sum(share => share.Wait);
        _holderOwed = Math.Clamp(_holderOwed + Math.Clamp(shares.Sum(share => share.Cook + share.Wait), 0, 1) - Math.Min(1, shares.Sum(share => share.Cook)), 0, MostOwed);
        var letters = new char[shares.Length];
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = frame.Workers[i].State == WorkerState.Gone ? 'g'
                : cooks.Contains(i) ? Paid(ref _owed[i].Cook, 'c')
                : _owed[i].Fetch >= Math.Max(_owed[i].Wait, _owed[i].Idle) && shares[i].Fetch > Least ? Paid(ref _owed[i].Fetch, 'f')
                : _owed[i].Wait >= _owed[i].Idle && shares[i].Wait > Least ? Paid(ref _owed[i].Wait, WaitOf(frame, frame.Workers[i], waiting))
                : Paid(ref _owed[i].Idle, 'i');
        }

        return new string(letters);
    }

    /// <summary>As many as cook at a time, those who have waited longest for it: never two at one stove.</summary>
    private HashSet<int> Cooks(ChefShares[] shares)
    {
        _cooksOwed = Math.Clamp(_cooksOwed + shares.Sum(share => share.Cook), -MostOwed, shares.Length + MostOwed);
        var most = scene.OneStove ? 1 : shares.Length;
        HashSet<int> cooks = [.. Enumerable.Range(0, shares.Length).Where(i => shares[i].Cook > Least).OrderByDescending(i => _owed[i].Cook).ThenBy(i => i)
            .Take(Math.Clamp((int)Math.Floor(_cooksOwed + 0.5), 0, most))];
        _cooksOwed = Math.Min(_cooksOwed - cooks.Count, MostOwed);
        return cooks;
    }

    private static char Paid(ref double owed, char letter)
    {
        owed -= 1;
        return letter;
    }

    private static int Percent(double share) => (int)Math.Round(Math.Clamp(share, 0, 1) * 100);

    /// <summary>How many frames of each kind a worker should have had more than it was drawn in.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Owed
    {
        public double Cook;
        public double Fetch;
        public double Wait;
        public double Idle;

        public void Add(ChefShares share)
        {
            Cook = Bounded(Cook + share.Cook);
            Fetch = Bounded(Fetch + share.Fetch);
            Wait = Bounded(Wait + share.Wait);
            Idle = Bounded(Idle + share.Idle);
        }

        private static double Bounded(double owed) => Math.Clamp(owed, -MostOwed, MostOwed);
    }
}
