namespace Brigade.Runner.TrialHosts.DotNet.Channels;

/// <summary>
/// How long a wait may be busy before it sleeps. A busy wait is ten times as quick where the other side runs on another processor, and
/// keeps the other side from running where it does not: so it learns from whether it was of use, and tries again from time to time.
/// </summary>
internal sealed class BusyWait(bool isAllowed)
{
    private const int MostRounds = 1024;
    private const int FewestRounds = 16;
    private const int TryAgainAfter = 256;

    private int _rounds = isAllowed ? MostRounds : 0;
    private int _waits;

    /// <summary>How many times to look, with a <see cref="Pause"/> after each.</summary>
    public int Rounds => _rounds > 0 ? _rounds
        : isAllowed && ++_waits % TryAgainAfter == 0 ? FewestRounds
        : 0;

    /// <summary>About 50 ns.</summary>
    public static void Pause() => Thread.SpinWait(1);

    public void Succeeded() => _rounds = Math.Min(MostRounds, Math.Max(FewestRounds, _rounds * 2));

    public void Failed() => _rounds = _rounds <= FewestRounds ? 0 : _rounds / 2;
}
