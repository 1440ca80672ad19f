using System.Globalization;
using Brigade.Contracts.Spec;
using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary>What the workers of <c>shared.counter</c> and <c>shared.collection</c> count in, and the account at the end.</summary>
internal sealed class CountingFixture : IKernelFixture
{
    private readonly string _what;
    private readonly long _each;
    private readonly ServerFixture? _server;
    private readonly SharedWords? _memory;
    private readonly CountingClient? _client;
    private long _before;

    private CountingFixture(KernelSettings settings, TrialRequest request, string what, int each, bool isList)
    {
        (_what, _each) = (what, each);
        if (settings.Choice("mode") is "manager")
        {
            _server = ServerFixture.StartUnix(settings, isList ? KernelServer.List : KernelServer.Dictionary);
            _client = new CountingClient(ServerFixture.ConnectUnix(settings.Scratch));
        }
        else
        {
            _memory = SharedWords.Create(settings.Scratch, request.Strategy is Strategy.Processes or Strategy.ProcessPerTask);
        }
    }

    public static CountingFixture OfCounter(KernelSettings settings, TrialRequest request) =>
        new(settings, request, "increments", settings.Whole("increments", 1_000_000_000), isList: false);

    public static CountingFixture OfCollection(KernelSettings settings, TrialRequest request) =>
        new(settings, request, "updates", settings.Whole("items", 1_000_000_000), settings.Choice("kind") is "list");

    public void Begin() => _before = Sum();

    public KernelReport End(Totals totals, TimeSpan elapsed)
    {
        var expected = (totals.Tasks - totals.Errors) * _each;
        var counted = Sum() - _before;
        var lost = Math.Max(0, expected - counted);
        var figures = new Dictionary<string, double>(StringComparer.Ordinal) { ["expected"] = expected, ["counted"] = counted, ["lostUpdates"] = lost };
        return new KernelReport(figures, lost == 0 ? [] : [Warning(lost, expected)]);
    }

    public void Dispose()
    {
        _client?.Dispose();
        _server?.Dispose();
    }

    private long Sum() => _client?.Add(CountingClient.Total) ?? _memory!.Sum();

    private string Warning(long lost, long expected) => string.Create(
        CultureInfo.InvariantCulture,
        $"The result is wrong: {lost:N0} of {expected:N0} {_what} were lost. Two workers read the same value and each wrote its own successor of it; a lock, an atomic operation or a copy for each worker prevents that.");
}
