using System.Runtime.CompilerServices;
using Brigade.Contracts.Messages;
using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Runner.Tests.Fakes;
using Brigade.Runner.Trials;
using Xunit;

namespace Brigade.Runner.Tests.Docs;

/// <summary>docs/adding-a-runtime.md: the host that it shows is a host.</summary>
public sealed class AddingARuntimeTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("brigade-perl-");
    private readonly PerlHosts _hosts;

    public AddingARuntimeTests() => _hosts = new PerlHosts(Path.Combine(_directory.FullName, "host.pl"));

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Host_OfThePage_GivesTheKnownAnswer()
    {
        var result = await RunAsync(Spec("cpu.primes", new LoadSpec { Tasks = 3 }, ("limit", ParameterValue.Of(2_000))));

        Assert.Equal(("", TrialStatus.Completed), (result.Failure, result.Status));
        Assert.Equal((3, 0, "cafb37a8fb87453f"), (result.Tasks, result.Errors, result.Checksum)); // three times 43a9128da92d1715
        Assert.Equal("perl", result.Runtime);
    }

    [Fact]
    public async Task Host_OfThePage_HeedsADuration()
    {
        var result = await RunAsync(Spec("noop", new LoadSpec { Duration = TimeSpan.FromMilliseconds(300) }));

        Assert.Equal(("", TrialStatus.Completed), (result.Failure, result.Status));
        Assert.True(result.Tasks > 10);
        Assert.InRange(result.WallMs, 10, 10_000);
    }

    [Fact]
    public async Task Host_OfThePage_RefusesWhatItDoesNotHave()
    {
        var result = await RunAsync(Spec("cpu.pi", new LoadSpec { Tasks = 3 }));

        Assert.Equal((TrialStatus.Failed, "the Perl trial host does not have the kernel 'cpu.pi'; it has cpu.primes, noop"), (result.Status, result.Failure));
    }

    [Fact]
    public async Task Host_OfThePage_EndsInTheMiddleOfATask()
    {
        using var cancel = new CancellationTokenSource();

        var result = await RunAsync(Spec("cpu.primes", new LoadSpec { Tasks = 1 }, ("limit", ParameterValue.Of(10_000_000))), cancel);

        Assert.Equal(TrialStatus.Cancelled, result.Status);
    }

    private static ExperimentSpec Spec(string kernel, LoadSpec load, params (string Name, ParameterValue Value)[] parameters) => Jobs.Spec(runtime: "perl") with
    {
        Workload = new WorkloadSpec { Kernel = kernel, Params = parameters.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal) },
        Load = load,
        Warmup = new WarmupSpec { Tasks = 0 },
    };

    /// <param name="cancel">Cancelled once measuring has begun.</param>
    private async Task<TrialResult> RunAsync(ExperimentSpec spec, CancellationTokenSource? cancel = null) => await new TrialExecutor(_hosts, TimeProvider.System).ExecuteAsync(
        Jobs.Job(spec),
        runEvent => runEvent is TrialMeasuring && cancel is not null ? new ValueTask(cancel.CancelAsync()) : ValueTask.CompletedTask,
        cancel?.Token ?? CancellationToken.None);

    private sealed class PerlHosts : ITrialHosts
    {
        private readonly string _host;

        public PerlHosts(string host)
        {
            _host = host;
            File.WriteAllText(host, File.ReadAllText(Page()).Split("```perl\n")[1].Split("```")[0]);
        }

        public IReadOnlyList<RuntimeInfo> Runtimes { get; } = [new("perl", "perl", "5", "perl", Gil: null, IsDefault: true)];

        public RuntimeInfo? Resolve(string runtime) => Runtimes[0];

        public HostCommand CommandFor(RuntimeInfo runtime) => new("perl", [_host], new Dictionary<string, string>(StringComparer.Ordinal));

        private static string Page([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/adding-a-runtime.md"));
    }
}
