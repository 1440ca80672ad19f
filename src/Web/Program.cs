using Brigade.Web.Access;
using Brigade.Web.Cluster;
using Brigade.Web.Components;
using Brigade.Web.Features.Accounts;
using Brigade.Web.Features.Api;
using Brigade.Web.Features.Api.Limits;
using Brigade.Web.Features.Audit;
using Brigade.Web.Features.Catalogue;
using Brigade.Web.Features.Comments;
using Brigade.Web.Features.Compare;
using Brigade.Web.Features.Experiments;
using Brigade.Web.Features.Imports;
using Brigade.Web.Features.Keys;
using Brigade.Web.Features.Members;
using Brigade.Web.Features.Network;
using Brigade.Web.Features.Quotas;
using Brigade.Web.Features.Reports;
using Brigade.Web.Features.Runs;
using Brigade.Web.Features.Schedules;
using Brigade.Web.Features.Secrets;
using Brigade.Web.Features.Settings;
using Brigade.Web.Features.Sharing;
using Brigade.Web.Features.Trends;
using Brigade.Web.Features.Webhooks;
using Brigade.Web.Features.Workspaces;
using Brigade.Web.Hosting;
using Brigade.Web.Hubs;
using Brigade.Web.Live;
using Brigade.Web.Operations;
using Brigade.Web.Runners;

namespace Brigade.Web;

/// <summary>The table of contents of the server.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => Launch.RunAsync(() => Create(args));

    /// <param name="configure">A test's last word on the services.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // Beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = "Brigade.Web", ContentRootPath = AppContext.BaseDirectory });
        SecretFiles.Read(builder.Configuration);
        var data = DataDirectory.Open(builder.Configuration);
        builder.AddBrigadeHosting(data);
        builder.AddBrigadeAccess(data);
        builder.AddBrigadeAccounts();
        builder.AddBrigadeOperations();
        builder.AddBrigadeCluster();
        builder.Services.AddBrigadeLive();
        builder.Services.AddBrigadeTrends();
        builder.Services.AddBrigadeSecrets();
        builder.Services.AddBrigadeSharing();
        builder.Services.AddBrigadeSchedules();
        builder.Services.AddBrigadeApi();
        builder.AddApiLimits();
        builder.AddBrigadeWebhooks();
        builder.Services.AddBrigadeUi();
        builder.AddEmbeddedRunner();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseBrigadeReach();
        app.UseStopping();
        app.UseMiddleware<SecureHeaders>();
        app.UseBrigadeErrors();
        app.UseWebSockets();
        app.UseMiddleware<OriginCheck>();
        app.UseAuthentication();
        app.UseMiddleware<RequestLimit>();
        app.UseAuthorization();
        app.UseMiddleware<WorkspaceRequests>();
        app.UseAntiforgery();

        app.MapOperations();
        app.MapAccess();
        app.MapAccounts();
        app.MapExperiments();
        app.MapRuns();
        app.MapComparisons();
        app.MapBaselines();
        app.MapTrends();
        app.MapChanges();
        app.MapSettings();
        app.MapNetwork();
        app.MapSecrets();
        app.MapQuotas();
        app.MapWorkspaces();
        app.MapMembers();
        app.MapInvitations();
        app.MapAudit();
        app.MapReports();
        app.MapComparisonReports();
        app.MapShared();
        app.MapShares();
        app.MapComments();
        app.MapStars();
        app.MapSchedules();
        app.MapImports();
        app.MapKeys();
        app.MapWebhooks();
        app.MapCatalogue();
        app.MapRunnerHub();
        app.MapLive();
        app.MapRunsHub();
        app.MapDocumentation();
        app.MapBrigadeUi();
        return app;
    }
}
