namespace Brigade.Web.Features.Schedules;

internal static class ScheduleSetup
{
    public static IServiceCollection AddBrigadeSchedules(this IServiceCollection services) => services.AddHostedService<Scheduler>();
}
