using Brigade.Contracts.Messages;
using Brigade.Web.Access;

namespace Brigade.Web.Hubs;

internal static class HubSetup
{
    public static void MapRunnerHub(this IEndpointRouteBuilder app) =>
        app.MapHub<RunnerHub>(IRunnerServer.Path, options => options.ApplicationMaxBufferSize = 8 << 20).RequireAuthorization(AccessPolicies.Runner);

    public static void MapRunsHub(this IEndpointRouteBuilder app) => app.MapHub<RunsHub>(RunsHub.Path).RequireAuthorization(AccessPolicies.Viewer);
}
