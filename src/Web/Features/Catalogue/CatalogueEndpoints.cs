using Brigade.Contracts.Spec;
using Brigade.Web.Cluster;
using Brigade.Web.Features.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Brigade.Web.Features.Catalogue;

/// <summary>REST: what there is to choose from.</summary>
internal static class CatalogueEndpoints
{
    public static void MapCatalogue(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("", "Catalogue");
        group.MapGet("/kernels", Kernels).WithName("ListKernels").WithSummary("The built-in workloads with their parameters.");
        group.MapGet("/runners", RunnersAsync).WithName("ListRunners").WithSummary("The runners that are connected now, with their machines and runtimes.");
        group.MapGet("/presets", ListPresets).WithName("ListPresets").WithSummary("Ready specs to start from: CPU-bound, fast I/O, slow I/O.");
    }

    private static Ok<ListResponse<KernelInfo>> Kernels() => TypedResults.Ok(new ListResponse<KernelInfo>(KernelCatalogue.All, KernelCatalogue.All.Count));

    private static async Task<Ok<ListResponse<RunnerStatus>>> RunnersAsync(IControlPlane plane, CancellationToken cancellation)
    {
        var runners = await plane.RunnersAsync(cancellation);
        return TypedResults.Ok(new ListResponse<RunnerStatus>(runners, runners.Count));
    }

    private static Ok<ListResponse<PresetResponse>> ListPresets() => TypedResults.Ok(new ListResponse<PresetResponse>([.. SpecPresets.All.Select(PresetResponse.Of)], SpecPresets.All.Count));
}
