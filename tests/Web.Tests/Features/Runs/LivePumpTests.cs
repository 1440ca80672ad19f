using Brigade.Contracts.Runs;
using Brigade.Web.Features.Runs;
using Brigade.Web.Live;
using Brigade.Web.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Brigade.Web.Tests.Features.Runs;

public sealed class LivePumpTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeRunViewer _viewer = new(Snapshot(RunStatus.Running));
    private readonly Screen _screen = new();
    private readonly CancellationTokenSource _end = new();

    public void Dispose() => _end.Dispose();

    [Fact]
    public async Task Run_Frames_AreDrawnAndTheFirstOnesAreTheWhole()
    {
        await WithPump(async _ =>
        {
            _viewer.Add(Given.Frame(0, 0));
            await _screen.Drawn(1);
            _viewer.Add(Given.Frame(0, 1), Given.Frame(0, 2));
            await _screen.Drawn(2);
        });
        Assert.Equal([(1, true), (2, false)], _screen.Draws);
    }

    [Fact]
    public async Task Run_NewSnapshot_IsShown()
    {
        await WithPump(async _ =>
        {
            _viewer.Change(Snapshot(RunStatus.Completed));
            await _screen.Shown(2);
        });
        Assert.Equal([RunStatus.Running, RunStatus.Completed], _screen.Statuses);
    }

    [Fact]
    public async Task Resend_WhileWaiting_DrawsEverythingAgain()
    {
        await WithPump(async pump =>
        {
            _viewer.Add(Given.Frame(0, 0), Given.Frame(0, 1));
            await _screen.Drawn(1);
            pump.Resend();
            await _screen.Drawn(2);
        });
        Assert.Equal([(2, true), (2, true)], _screen.Draws);
    }

    [Fact]
    public async Task Run_BrowserDidNotTakeThem_SendsAllAgainLater()
    {
        _screen.Refuse = true;
        await WithPump(async _ =>
        {
            _viewer.Add(Given.Frame(0, 0));
            await _screen.Drawn(1);
            _screen.Refuse = false;
            while (_screen.Draws.Count < 2)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }
        });
        Assert.Equal((1, true), _screen.Draws[1]);
        Assert.True(_viewer.Rewinds > 0);
    }

    [Fact]
    public async Task Run_ScreenWithoutAPicture_WaitsUntilThereIsOneAndIsAskedFor()
    {
        _screen.CanDraw = false;
        await WithPump(async pump =>
        {
            _viewer.Add(Given.Frame(0, 0));
            _viewer.Change(Snapshot(RunStatus.Finishing));
            await _screen.Shown(2);
            _time.Advance(TimeSpan.FromSeconds(3));
            Assert.Empty(_screen.Draws);
            Assert.Equal(0, _viewer.Rewinds);

            _screen.CanDraw = true;
            pump.Resend();
            await _screen.Drawn(1);
        });
        Assert.Equal([(1, true)], _screen.Draws);
    }

    private static RunSnapshot Snapshot(RunStatus status) => new(Guid.Empty, status, "", null, null, [], null, null, null, null);

    private async Task WithPump(Func<LivePump, Task> story)
    {
        using var pump = new LivePump(_viewer, _screen, _time);
        var running = pump.RunAsync(_end.Token);
        await story(pump).WaitAsync(Patience);
        await _end.CancelAsync();
        await running.WaitAsync(Patience);
    }

    private sealed class Screen : IRunScreen
    {
        private readonly SemaphoreSlim _draws = new(0);
        private readonly SemaphoreSlim _shows = new(0);
        private int _drawn;
        private int _shown;

        public List<(int Frames, bool IsWhole)> Draws { get; } = [];

        public List<RunStatus> Statuses { get; } = [];

        public bool Refuse { get; set; }

        public bool CanDraw { get; set; } = true;

        public Task ShowAsync(RunSnapshot snapshot)
        {
            Statuses.Add(snapshot.Status);
            _shows.Release();
            return Task.CompletedTask;
        }

        public Task<bool> DrawAsync(IReadOnlyList<Frame> frames, bool isWhole, CancellationToken cancellation)
        {
            Draws.Add((frames.Count, isWhole));
            _draws.Release();
            return Task.FromResult(!Refuse);
        }

        public async Task Drawn(int count)
        {
            for (; _drawn < count; _drawn++)
                await _draws.WaitAsync();
        }

        public async Task Shown(int count)
        {
            for (; _shown < count; _shown++)
                await _shows.WaitAsync();
        }
    }
}
