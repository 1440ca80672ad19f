namespace Brigade.Web.Features.Api.Limits;

/// <summary>Marks an endpoint that answers for a long time: how many of them one caller has open is limited too.</summary>
internal sealed record LongAnswer;

internal static class LimitSetup
{
    public static WebApplicationBuilder AddApiLimits(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<ApiLimitOptions>(builder.Configuration.GetSection(ApiLimitOptions.Section));
        builder.Services.AddSingleton<CallerLimits>();
        return builder;
    }
}
