using Brigade.Contracts.Runs;
using Brigade.Contracts.Spec;
using Brigade.Data;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Brigade.Web.Access;
using Brigade.Web.Access.Sessions;
using Brigade.Web.Cluster;
using Brigade.Web.Components;
using Brigade.Web.Features.Accounts.Mail;
using Brigade.Web.Features.Trends;
using Brigade.Web.Live;
using Bunit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;

namespace Brigade.Web.Tests.Support;

/// <summary>Renders pages against the real stores in a database of the test's own; the control plane, the live feed and the clock are fakes.</summary>
public abstract class PageTest : BunitContext, IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("brigade-pages-").FullName;

    // Many pages load at once here, on a machine that may be busy; a page that never gets there still fails.
    static PageTest() => DefaultWaitTimeout = TimeSpan.FromSeconds(15);

    protected PageTest()
    {
        Services.AddPageServices();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton<IWorkspaceScope>(Me);
        Services.AddBrigadeData(null, _directory);
        Services.AddSingleton<ICellSummaries, CellSummaries>();
        Services.AddTransient<TrendReader>();
        Services.AddSingleton<IControlPlane>(_ => ControlPlane!);
        Services.AddSingleton<ILiveRuns>(Live);
        Services.AddSingleton<ScreenSockets>();
        Services.AddSingleton<IOneTimeLinks>(new FakeLinks());
        Services.AddSingleton<ISessions>(Sessions);
        Services.AddSingleton<IMailQueue>(Mail);
        ControlPlane = new FakeControlPlane(() => Runs);
        JSInterop.Mode = JSRuntimeMode.Loose;
        BrowserModule = JSInterop.SetupModule("/dist/browser.js");
        BrowserModule.Mode = JSRuntimeMode.Loose;
        var editor = JSInterop.SetupModule("/dist/editor.js");
        editor.SetupModule("attach", _ => true).Mode = JSRuntimeMode.Loose;
        var run = JSInterop.SetupModule("/dist/runCharts.js");
        Charts = run.SetupModule("create", _ => true);
        Charts.Mode = JSRuntimeMode.Loose;
        Kitchen = JSInterop.SetupModule("/dist/kitchen.js").SetupModule("create", _ => true);
        Kitchen.Mode = JSRuntimeMode.Loose;
        var results = JSInterop.SetupModule("/dist/resultCharts.js");
        results.SetupModule("speedupChart", _ => true).Mode = JSRuntimeMode.Loose;
        results.SetupModule("latencyDistribution", _ => true).Mode = JSRuntimeMode.Loose;
        results.SetupModule("trendChart", _ => true).Mode = JSRuntimeMode.Loose;
        results.SetupModule("latencyHistogram", _ => true).Mode = JSRuntimeMode.Loose;
        results.SetupModule("comparedCurves", _ => true).Mode = JSRuntimeMode.Loose;
    }

    /// <summary>The reader: an owner, unless a test says otherwise.</summary>
    internal FakeMember Me { get; } = new();

    internal FakeSessions Sessions { get; } = new();

    internal FakeMail Mail { get; } = new();

    protected FakeTimeProvider Time { get; } = new(Given.Noon);

    internal FakeControlPlane ControlPlane { get; }

    internal FakeLiveRuns Live { get; } = new();

    protected BunitJSModuleInterop BrowserModule { get; }

    /// <summary>The live charts in the browser.</summary>
    protected BunitJSModuleInterop Charts { get; }

    /// <summary>The kitchen and the timeline in the browser.</summary>
    protected BunitJSModuleInterop Kitchen { get; }

    protected RunStore Runs => Services.GetRequiredService<RunStore>();

    internal RunStore RunStore => Runs;

    internal ExperimentStore ExperimentStore => Experiments;

    internal ChangeStore ChangeStore => Changes;

    protected ChangeStore Changes => Services.GetRequiredService<ChangeStore>();

    protected ImportStore Imports => Services.GetRequiredService<ImportStore>();

    protected ExperimentStore Experiments => Services.GetRequiredService<ExperimentStore>();

    protected Microsoft.AspNetCore.Components.NavigationManager Navigation => Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>();

    /// <summary>Where dialogs appear.</summary>
    protected IRenderedComponent<MudDialogProvider> Dialogs { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await DatabaseStartup.MigrateAsync(Services);
        Render<MudPopoverProvider>();
        Dialogs = Render<MudDialogProvider>();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>A member of the reader's workspace.</summary>
    protected async Task<Guid> StoreMemberAsync(string name, WorkspaceRole role)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<BrigadeDbContext>>().CreateDbContextAsync();
        var user = User.Create(name, Given.Noon);
        db.Users.Add(user);
        db.Memberships.Add(new Membership { UserId = user.Id, Role = role, Since = Given.Noon });
        await db.SaveChangesAsync();
        return user.Id;
    }

    /// <summary>A stored run in a state.</summary>
    protected async Task<RunRow> StoreRunAsync(string name = "primes", RunStatus status = RunStatus.Queued, ExperimentSpec? spec = null)
    {
        var run = await Runs.CreateAsync((spec ?? Given.Spec()) with { Name = name }, seed: 42, trialCount: 2, experimentId: null);
        if (status != RunStatus.Queued)
            await Runs.CommitAsync(run.Id, new RunChanges { Status = status, StartedAt = Given.Noon, EndedAt = status.IsTerminal() ? Given.Noon.AddSeconds(65) : null });
        return run;
    }

    private sealed class FakeLinks : IOneTimeLinks
    {
        public Task<OneTimeLink> CreateAsync(Guid? userId = null, CancellationToken cancellation = default) => Task.FromResult(new OneTimeLink("/open/secret", Given.Noon.AddDays(1)));

        public Task<RedeemedLink?> RedeemAsync(string token, CancellationToken cancellation = default) => Task.FromResult<RedeemedLink?>(null);
    }
}
